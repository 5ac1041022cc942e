import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto'

/** As makers of tokens write them: nothing in them that asks for anything. */
const PLAIN_HEADERS: ReadonlySet<string> = new Set(
  ['{"alg":"HS256"}', '{"alg":"HS256","typ":"JWT"}', '{"typ":"JWT","alg":"HS256"}'].map((header) =>
    Buffer.from(header).toString('base64url'),
  ),
)
/** Characters of base64url. */
const SIGNATURE_CHARS = 43

/**
 * Checks HS256 signatures in place. jose asks WebCrypto, which hands each one to another thread: when thousands of devices
 * come back at once, these hand-overs are half of what a CONNECT costs.
 */
export class SharedSecret {
  readonly #key: KeyObject

  constructor(secret: Uint8Array) {
    this.#key = createSecretKey(secret)
  }

  /**
   * Whether the token is a plain one that was signed with this secret.
   * @returns its claims, in base64url; undefined: it is not, or jose has to say
   */
  claimsOf(token: string): string | undefined {
    const headerEnd = token.indexOf('.')
    const signedEnd = token.length - SIGNATURE_CHARS - 1
    if (headerEnd < 0 || signedEnd <= headerEnd || token[signedEnd] !== '.') return undefined
    if (!PLAIN_HEADERS.has(token.slice(0, headerEnd))) return undefined
    const signature = Buffer.from(token.slice(signedEnd + 1))
    if (signature.length !== SIGNATURE_CHARS) return undefined
    const expected = createHmac('sha256', this.#key).update(token.slice(0, signedEnd)).digest('base64url')
    if (!timingSafeEqual(signature, Buffer.from(expected))) return undefined
    return token.slice(headerEnd + 1, signedEnd)
  }
}
