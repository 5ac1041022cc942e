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

  /** The variables that it sets, with the defaults of the shell's filled in. */
  get environment(): Readonly<Record<string, string>> {
    const lines = under('environment', this.text).matchAll(/^ +([A-Z_]+): "?([^"\n]*)"?$/gm)
    return Object.fromEntries(
      [...lines].map(([, name, value]) => [
        name as string,
        (value as string).replace(/\$\{\w+:-(\w*)\}/g, '$1'),
      ]),
    )
  }

  /** The words of a list: a command, a health check. */
  words(name: string): string[] {
    const list = new RegExp(`^ +${name}:\\s*(\\[[^\\]]*\\])`, 'm').exec(this.text)?.[1]
    if (list === undefined) throw new Error(`no list ${name} in: ${this.text}`)
    return JSON.parse(list.replace(/,\s*\]$/, ']')) as string[]
  }

  /** The first group of a pattern that must be there. */
  find(pattern: RegExp): string {
    const found = pattern.exec(this.text)?.[1]
    if (found === undefined) throw new Error(`no ${String(pattern)} in: ${this.text}`)
    return found
  }
}

function under(name: string, text: string): string {
  const block = new RegExp(`^( *)${name}:[^\\n]*\\n((?:\\1 +[^\\n]*\\n|\\s*\\n)*)`, 'm').exec(text)?.[2]
  if (block === undefined) throw new Error(`no ${name} in: ${text}`)
  return block
}
