import { readFileSync } from 'node:fs'
import { OperationalError } from '../../kit/operational-error.ts'
import { isDeviceId, userIdOf, type DeviceId } from '../../proto/ids.ts'
import { clientId } from '../../proto/topics.ts'

/** Where a worker's token comes from: a file is read anew for each connection, so that it can be replaced. */
export type TokenSource =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'file'; readonly path: string }

export interface Credentials {
  readonly clientId: string
  readonly user: string
  readonly token: string
}

/**
 * @param name the device part of the client id, unless the token is for one device
 * @throws OperationalError `bad-token` if there is none, or none that says whose it is. The broker checks the rest.
 */
export function credentials(source: TokenSource, name: DeviceId): Credentials {
  const token = (source.kind === 'token' ? source.token : readToken(source.path)).trim()
  const { sub, device = name } = claimsOf(token)
  const user = typeof sub === 'string' ? userIdOf(sub) : undefined
  if (user === undefined || typeof device !== 'string' || !isDeviceId(device))
    throw badToken('the token names no user')
  return { clientId: clientId(user, device), user, token }
}

function readToken(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw badToken(`cannot read the token file ${path}`, cause)
  }
}

function claimsOf(token: string): { sub?: unknown; device?: unknown } {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    return typeof claims === 'object' && claims !== null ? claims : {}
  } catch (cause) {
    throw badToken('the token is not a JSON Web Token', cause)
  }
}

function badToken(text: string, cause?: unknown): OperationalError {
  return new OperationalError('bad-token', text, { retryable: true, cause })
}
