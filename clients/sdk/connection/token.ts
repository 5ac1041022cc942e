import { userIdOf, type UserId } from '../../../proto/ids.ts'
import { RestanteError } from '../errors.ts'
import { inTime } from './in-time.ts'

/** A JWT, or a function that gets a fresh one: called for each connection, so that expired ones are renewed. */
export type Token = string | (() => string | Promise<string>)

export interface Claims {
  readonly user: UserId
  /** Set if the token is good for one device only. */
  readonly device: string | undefined
  /** Unix ms; 0 if the token does not say. */
  readonly issuedAtMs: number
}

/** What a token says, not verified: that is the server's part. @throws RestanteError bad-token */
export function claimsOf(token: string, userClaim = 'sub'): Claims {
  const { [userClaim]: name, device, iat } = payloadOf(token)
  const user = typeof name === 'string' ? userIdOf(name) : undefined
  if (user === undefined)
    throw new RestanteError('bad-token', `the token has no "${userClaim}" that names a user`)
  return {
    user,
    device: typeof device === 'string' ? device : undefined,
    issuedAtMs: typeof iat === 'number' ? Math.trunc(iat * 1000) : 0,
  }
}

/** @throws RestanteError bad-token, retryable, if the token function fails or gives none in 20 s */
export async function fetchToken(token: Token): Promise<string> {
  if (typeof token === 'string') return token
  try {
    return await inTime(Promise.resolve(token()), TOKEN_MS_MAX, () => new Error('it took too long'))
  } catch (cause) {
    throw new RestanteError('bad-token', 'the token function failed', { retryable: true, cause })
  }
}

/** A phone that slept may wait for ever for an answer that was lost meanwhile. */
const TOKEN_MS_MAX = 20_000

function payloadOf(token: string): Record<string, unknown> {
  try {
    const part = token.split('.')[1] ?? ''
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
  } catch (cause) {
    throw new RestanteError('bad-token', 'the token is not a JWT', { cause })
  }
}
