import { isUserId, type UserId } from '../../proto/ids.ts'
import { RestanteError } from './errors.ts'

/** A JWT, or a function that gets a fresh one: called for each connection, so that expired ones are renewed. */
export type Token = string | (() => string | Promise<string>)

export interface Claims {
  readonly user: UserId
  /** Set if the token is good for one device only. */
  readonly device: string | undefined
}

/** What a token says, not verified: that is the server's part. @throws RestanteError bad-token */
export function claimsOf(token: string): Claims {
  const { sub, device } = payloadOf(token)
  if (typeof sub !== 'string' || !isUserId(sub)) {
    throw new RestanteError('bad-token', 'the token has no "sub" that is a user id')
  }
  return { user: sub, device: typeof device === 'string' ? device : undefined }
}

/** @throws RestanteError bad-token, retryable, if the token function fails */
export async function fetchToken(token: Token): Promise<string> {
  if (typeof token === 'string') return token
  try {
    return await token()
  } catch (cause) {
    throw new RestanteError('bad-token', 'the token function failed', { retryable: true, cause })
  }
}

function payloadOf(token: string): { sub?: unknown; device?: unknown } {
  try {
    const part = token.split('.')[1] ?? ''
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
    return JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown }
  } catch (cause) {
    throw new RestanteError('bad-token', 'the token is not a JWT', { cause })
  }
}
