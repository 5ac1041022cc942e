import { readFileSync } from 'node:fs'

const FILE = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8')

/**
 * A part of docker-compose.yml: what stands under one name, indented deeper. It is read as the file is written, lists
 * between brackets, for we have no YAML parser.
 */
export class Compose {
  readonly text: string

  /** @param path the names on the way, the outermost first: a service, or an `x-` block that services share */
  constructor(...path: string[]) {
    this.text = path.reduce((text, name) => under(name, text), FILE)
  }

  /** The variables that it sets, with those of the shell filled in. */
  get environment(): Readonly<Record<string, string>> {
    const lines = under('environment', this.text).matchAll(/^ +([A-Z_]+): "?([^"\n]*)"?$/gm)
    return Object.fromEntries(
      [...lines].map(([, name, value]) => [name as string, filledIn(value as string)]),
    )
  }

  /** The words of a list: a command, a health check. */
  words(name: string): string[] {
    const list = new RegExp(`^ +${name}:\\s*(\\[[^\\]]*\\])`, 'm').exec(this.text)?.[1]
    if (list === undefined) throw new Error(`no list ${name} in: ${this.text}`)
    return (JSON.parse(list.replace(/,\s*\]$/, ']')) as string[]).map(filledIn)
  }

  /** The first group of a pattern that must be there. */
  find(pattern: RegExp): string {
    const found = pattern.exec(this.text)?.[1]
    if (found === undefined) throw new Error(`no ${String(pattern)} in: ${this.text}`)
    return found
  }
}

/** What somebody who followed the comment has in the environment. */
export const SECRETS: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'a-password-of-postgres',
  REDIS_PASSWORD: 'a-password-of-redis',
}

/** As `docker compose` does: `:?` makes it refuse what is not set. */
function filledIn(text: string): string {
  return text.replaceAll(/\$\{(\w+):\?[^}]+\}/g, (_, name: string) => {
    const value = SECRETS[name]
    if (value === undefined) throw new Error(`nobody sets ${name}`)
    return value
  })
}

function under(name: string, text: string): string {
  const block = new RegExp(`^( *)${name}:[^\\n]*\\n((?:\\1 +[^\\n]*\\n|\\s*\\n)*)`, 'm').exec(text)?.[2]
  if (block === undefined) throw new Error(`no ${name} in: ${text}`)
  return block
}
