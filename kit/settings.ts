import { isIP } from 'node:net'
import { OperationalError } from './operational-error.ts'
import { isServiceLink } from './service-links.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** A setting that must not be printed: logs and errors show stars. */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }
  toString(): string {
    return '***'
  }
  toJSON(): string {
    return '***'
  }
}

/**
 * Reads settings from an environment. A bad value is noted and its default returned, so that `finish` can refuse the
 * start once, with everything that is wrong. An empty value counts as missing, and so does what Kubernetes sets for a
 * Service of our name.
 */
export class Settings {
  readonly #env: Environment
  readonly #known = new Set<string>()
  readonly #problems: string[] = []

  constructor(env: Environment) {
    this.#env = env
  }

  #raw(name: string): string | undefined {
    this.#known.add(name)
    const text = this.#env[name]
    return text === '' || isServiceLink(name, text) ? undefined : text
  }

  /** Notes that a setting's value can't be used. */
  problem(name: string, text: string): void {
    this.#problems.push(`${name} ${text}`)
  }

  text(name: string): string | undefined
  text(name: string, fallback: string): string
  text(name: string, fallback?: string): string | undefined {
    return this.#raw(name) ?? fallback
  }

  secret(name: string): Secret | undefined {
    const text = this.#raw(name)
    return text === undefined ? undefined : new Secret(text)
  }

  /** A whole number of the unit that stands in its name. */
  whole(name: string, fallback: number, min: number, max: number): number {
    const text = this.#raw(name)
    if (text === undefined) return fallback
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    this.problem(name, `must be a whole number from ${min} to ${max}, not "${text}"`)
    return fallback
  }

  /** Words with commas between them. */
  list(name: string): readonly string[] | undefined {
    return this.#raw(name)
      ?.split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '')
  }

  /** IP addresses, or networks as `10.0.0.0/8`, with commas between them. */
  networks(name: string): readonly string[] {
    const networks = this.list(name) ?? []
    const bad = networks.find((network) => !isNetwork(network))
    if (bad === undefined) return networks
    this.problem(
      name,
      `must be addresses or networks like 10.0.0.0/8, with commas between them, not "${bad}"`,
    )
    return []
  }

  oneOf<Choice extends string>(name: string, fallback: Choice, choices: readonly Choice[]): Choice {
    const text = this.#raw(name)
    if (text === undefined) return fallback
    const choice = choices.find((candidate) => candidate === text)
    if (choice === undefined) this.problem(name, `must be one of ${choices.join(', ')}, not "${text}"`)
    return choice ?? fallback
  }

  /** An absolute address of one of these schemes, like `redis:`. It may hold a password. */
  url(name: string, schemes: readonly string[]): Secret | undefined {
    const text = this.#raw(name)
    if (text === undefined) return undefined
    if (isUrl(text, schemes)) return new Secret(text)
    this.problem(name, `must be an address that starts with ${schemes.join('// or ')}//`)
    return undefined
  }

  /** One or several such addresses, with commas between them. */
  urls(name: string, schemes: readonly string[]): readonly Secret[] | undefined {
    const text = this.#raw(name)
    if (text === undefined) return undefined
    const urls = text.split(',').map((url) => url.trim())
    if (urls.every((url) => isUrl(url, schemes))) return urls.map((url) => new Secret(url))
    this.problem(
      name,
      `must be addresses that start with ${schemes.join('// or ')}//, with commas between them`,
    )
    return undefined
  }

  /**
   * Call it when everything that this process knows has been read: whatever else starts with RESTANTE_ is a mistake,
   * unless Kubernetes set it.
   *
   * @throws OperationalError `bad-configuration` that lists every problem
   */
  finish(): void {
    const unknown = Object.keys(this.#env).filter(
      (name) =>
        name.startsWith('RESTANTE_') && !this.#known.has(name) && !isServiceLink(name, this.#env[name]),
    )
    const problems = [...this.#problems, ...unknown.map((name) => `${name} is not a setting`)]
    if (problems.length === 0) return
    throw new OperationalError('bad-configuration', `Bad configuration:\n  ${problems.join('\n  ')}`, {
      retryable: false,
    })
  }
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || address.includes('%') || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

function isUrl(text: string, schemes: readonly string[]): boolean {
  return URL.canParse(text) && schemes.includes(new URL(text).protocol)
}
