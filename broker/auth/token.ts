import { errors, jwtVerify, UnsecuredJWT, type JWTPayload } from 'jose'
import type { TrustedClock } from '../../kit/clock.ts'
import { isDeviceId, userIdOf, type DeviceId, type UserId } from '../../proto/ids.ts'
import type { Role } from '../listeners/connection.ts'
import type { KeySource } from './key-source.ts'

/** Who a token says its bearer is. */
export interface Identity {
  readonly user: UserId
  /** The one device that the token is for; undefined: any device of the user. */
  readonly device: DeviceId | undefined
  readonly role: Role
  readonly issuedAtMs: number | undefined
  /** When the connection must end; undefined: never. */
  readonly expiresAtMs: number | undefined
}

export type TokenRefusal =
  | 'malformed-token'
  | 'bad-signature'
  | 'expired-token'
  | 'bad-claims'
  | 'issued-in-future'
  | 'no-expiry'
  | 'lives-too-long'
  | 'role-not-allowed'
  | 'keys-unavailable'

export type Verification =
  | { readonly outcome: 'valid'; readonly identity: Identity }
  | { readonly outcome: 'refused'; readonly reason: TokenRefusal }

/** Clocks of token makers and brokers may differ by so much. */
const CLOCK_TOLERANCE_S = 5
/** In front of claims whose signature has been checked. */
const UNSIGNED_HEADER = Buffer.from('{"alg":"none"}').toString('base64url')

export interface TokenRules {
  readonly issuer: string | undefined
  readonly audience: string | undefined
  /** The claim that names the user; what is no user id is mapped to one (see userIdOf). */
  readonly userClaim: string
  /** From `iat`, or from now without it, to `exp`. */
  readonly lifeMsMax: number
  readonly mayLackExpiry: boolean
  /** Who may be what beside a device. Undefined: whoever the token says, as the key is ours alone. */
  readonly admins: ReadonlySet<string> | undefined
  readonly workers: ReadonlySet<string> | undefined
}

type Checked = Identity | TokenRefusal

/** Checks tokens: signature, times, issuer, audience, and that the claims make sense to us. */
export class TokenVerifier {
  readonly #keys: KeySource
  readonly #options: Parameters<typeof jwtVerify>[2]
  readonly #rules: TokenRules
  readonly #clock: Pick<TrustedClock, 'shown' | 'latest'>

  constructor(keys: KeySource, rules: TokenRules, clock: Pick<TrustedClock, 'shown' | 'latest'>) {
    this.#keys = keys
    this.#rules = rules
    this.#clock = clock
    this.#options = {
      algorithms: keys.algorithms,
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: [rules.userClaim],
      ...(rules.issuer !== undefined && { issuer: rules.issuer }),
      ...(rules.audience !== undefined && { audience: rules.audience }),
    }
  }

  async verify(token: string): Promise<Verification> {
    try {
      const checked = this.#check(await this.#verified(token))
      return typeof checked === 'string'
        ? { outcome: 'refused', reason: checked }
        : { outcome: 'valid', identity: checked }
    } catch (error) {
      return { outcome: 'refused', reason: refusalOf(error) }
    }
  }

  /**
   * A clock that was set ahead must not end tokens, nor one that was set back keep new ones out: who is told that the
   * token is no good may give up for good.
   */
  async #verified(token: string): Promise<JWTPayload> {
    try {
      return await this.#at(token, this.#clock.shown())
    } catch (error) {
      const isEarly = error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf'
      if (!isEarly) throw error
      return this.#at(token, this.#clock.latest())
    }
  }

  async #at(token: string, nowMs: number): Promise<JWTPayload> {
    const options = { ...this.#options, currentDate: new Date(nowMs) }
    // What the claims say is checked by jose in any case; and all of a token that is not plainly a good one.
    const claims = this.#keys.shared?.claimsOf(token)
    const { payload } =
      claims === undefined
        ? await jwtVerify(token, this.#keys.keyOf, options)
        : UnsecuredJWT.decode(`${UNSIGNED_HEADER}.${claims}.`, options)
    return payload
  }

  #check(claims: JWTPayload): Checked {
    const { userClaim, lifeMsMax, mayLackExpiry, admins, workers } = this.#rules
    const identity = identityOf(claims, claims[userClaim])
    if (identity === undefined) return 'bad-claims'
    const { user, role, issuedAtMs, expiresAtMs } = identity
    // It would outlive the end of all tokens issued up to now, and the removal of its device.
    if (issuedAtMs !== undefined && issuedAtMs > this.#clock.latest() + CLOCK_TOLERANCE_S * 1000)
      return 'issued-in-future'
    if (expiresAtMs === undefined) {
      if (!mayLackExpiry) return 'no-expiry'
    } else if (expiresAtMs - (issuedAtMs ?? this.#clock.shown()) > lifeMsMax) return 'lives-too-long'
    if (role === 'admin' && admins !== undefined && !admins.has(user)) return 'role-not-allowed'
    if (role === 'worker' && workers !== undefined && !workers.has(user)) return 'role-not-allowed'
    return identity
  }
}

function identityOf(claims: JWTPayload, name: unknown): Identity | undefined {
  const user = typeof name === 'string' ? userIdOf(name) : undefined
  const device = claims['device']
  const role = claims['role'] ?? 'device'
  if (user === undefined) return undefined
  if (device !== undefined && (typeof device !== 'string' || !isDeviceId(device))) return undefined
  if (role !== 'device' && role !== 'worker' && role !== 'admin') return undefined
  const expiresAtMs = claims.exp === undefined ? undefined : claims.exp * 1000
  const issuedAtMs = claims.iat === undefined ? undefined : claims.iat * 1000
  return { user, device, role, issuedAtMs, expiresAtMs }
}

// A key that the key server does not know, none named of several, an algorithm that we do not take or that does not fit
// the key: nobody whom we trust has signed it.
const NOT_OURS = [
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
]

function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof errors.JWTExpired) return 'expired-token'
  if (error instanceof errors.JWTClaimValidationFailed) return 'bad-claims'
  if (NOT_OURS.some((kind) => error instanceof kind)) return 'bad-signature'
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid) return 'malformed-token'
  // jose throws a plain TypeError for a key of another kind; fetch throws one with a cause.
  if (error instanceof TypeError && error.cause === undefined) return 'bad-signature'
  return 'keys-unavailable'
}
