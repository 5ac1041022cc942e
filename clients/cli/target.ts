import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { readOrMakeSecret } from '../../broker/auth/secret-file.ts'
import { decodeJwt, errors } from 'jose'
import { isUserId, type UserId } from '../../proto/ids.ts'
import { Failure, sentenceOf } from './failure.ts'
import { mintToken, type TokenClaims } from './mint-token.ts'

export const DATA_DIR = './restante-data'
export const URL_DEFAULT = 'mqtt://127.0.0.1:1883'

/** Which server a command talks to, and how it proves who it is. */
export interface TargetOptions {
  readonly url: string
  readonly data: string
  readonly token?: string
}

export function withTarget(command: Command): Command {
  return command
    .option('--url <url>', 'the server: mqtt://, mqtts://, ws:// or wss://', URL_DEFAULT)
    .option('--token <token>', 'a token for it; without one, the secret in the data directory makes one')
    .option('--data <directory>', "the server's data directory", DATA_DIR)
}

/** Long enough for one command; a terminal client makes a new one at its next start. */
const COMMAND_TOKEN_S = 7 * 86_400

/** The token that was given, or one made with the server's secret, which only its own machine has. */
export async function tokenFor(
  target: TargetOptions,
  claims: Omit<TokenClaims, 'expiresInS'>,
): Promise<string> {
  if (target.token !== undefined) return target.token
  if (!existsSync(join(target.data, 'jwt-secret'))) {
    throw new Failure(
      `There is no server's secret in ${target.data}: start one there ("npx restante start"), name its data directory with --data, or give a --token.`,
    )
  }
  return mintToken(await readOrMakeSecret(target.data), { ...claims, expiresInS: COMMAND_TOKEN_S })
}

/** The user that a token is for; not verified: that is the server's part. */
export function userOfToken(token: string): UserId {
  try {
    const { sub } = decodeJwt(token)
    if (sub !== undefined && isUserId(sub)) return sub
  } catch (error) {
    if (!(error instanceof errors.JWTInvalid)) throw error
  }
  throw new Failure('The --token is not a token of a user.')
}

/** Why a connection failed, for the person at the terminal. */
export function connectFailure(url: string, error: unknown): Failure {
  const code = (error as { code?: unknown }).code
  if (code === 4 || code === 5) {
    return new Failure(
      `${url} refused the token: it has expired, or it is from another server's data directory.`,
    )
  }
  if (code === 2)
    return new Failure(
      `${url} refused the client id: the token is for another user or device, or the user has too many devices.`,
    )
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new Failure(
      `No server answers at ${url}: start one with "npx restante start", or give its address with --url.`,
    )
  }
  return new Failure(`The connection to ${url} failed: ${sentenceOf(error)}.`)
}
