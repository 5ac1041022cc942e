import { hkdfSync, randomBytes } from 'node:crypto'

const DAY_MS = 86_400_000
/** How long a session may be resumed. Tickets of yesterday are taken, so this is as long as a key is good for at least. */
export const SESSION_S_MAX = DAY_MS / 1000

/** By RFC 5077: what names it in tickets, what they are signed with, what they are encrypted with. */
interface TicketKey {
  readonly name: Buffer
  readonly hmac: Buffer
  readonly aes: Buffer
}

/** What OpenSSL is told: 0 no such key, 1 a good one, 2 good but to be replaced. Then the key; to encrypt, its name and IV. */
type TicketAnswer = [0 | 1 | 2, Buffer, Buffer, Buffer?, Buffer?]

/**
 * What we use of Node 20 and 22 beyond its documentation, which knows one key and no other; the tests in
 * test/integration/broker/tls.test.ts fail if it changes.
 */
interface NativeContext {
  onticketkeycallback: (name: Buffer, iv: Buffer, encrypts: boolean) => TicketAnswer
  enableTicketKeyCallback(): void
}

/**
 * Session tickets that every broker of the same secret takes, so that a phone that comes to another one resumes: keys
 * are derived for each day, and those of the days around it are taken as well, for clocks differ.
 */
export class TicketKeys {
  readonly #secret: Uint8Array
  readonly #clock: () => number
  #day = Number.NaN
  #keys: readonly TicketKey[] = []

  /** @param clock Unix ms */
  constructor(secret: Uint8Array, clock: () => number) {
    this.#secret = secret
    this.#clock = clock
  }

  /** Makes a context ask here. */
  serve(context: unknown): void {
    const native = context as NativeContext
    native.onticketkeycallback = (name, _iv, encrypts) => this.#answer(name, encrypts)
    native.enableTicketKeyCallback()
  }

  #answer(name: Buffer, encrypts: boolean): TicketAnswer {
    const [today, ...others] = this.#now()
    const { hmac, aes } = today as TicketKey
    if (encrypts) return [1, hmac, aes, (today as TicketKey).name, randomBytes(16)]
    if (today?.name.equals(name)) return [1, hmac, aes]
    const other = others.find((key) => key.name.equals(name))
    return other === undefined ? [0, hmac, aes] : [2, other.hmac, other.aes]
  }

  /** Today's, yesterday's, tomorrow's. */
  #now(): readonly TicketKey[] {
    const day = Math.floor(this.#clock() / DAY_MS)
    if (day !== this.#day) {
      this.#day = day
      this.#keys = [day, day - 1, day + 1].map((one) => this.#ofDay(one))
    }
    return this.#keys
  }

  #ofDay(day: number): TicketKey {
    const bytes = Buffer.from(hkdfSync('sha256', this.#secret, '', `restante tls tickets of day ${day}`, 48))
    return { name: bytes.subarray(0, 16), hmac: bytes.subarray(16, 32), aes: bytes.subarray(32) }
  }
}
