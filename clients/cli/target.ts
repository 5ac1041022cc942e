import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { readOrMakeSecret } from '../../broker/auth/secret-file.ts'
import { claimsOf } from '../sdk/token.ts'
import { Failure, sentenceOf } from './failure.ts'
import { mintToken, type TokenClaims } from './mint-token.ts'

export const DATA_DIR = './restante-data'
const URL_DEFAULT = 'mqtt://127.0.0.1:1883'

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

/** The secret in a data directory that a server has made. @throws Failure if there is none */
export function secretOf(data: string): Promise<Uint8Array> {
  if (existsSync(join(data, 'jwt-secret'))) return readOrMakeSecret(data)
  throw new Failure(
    `There is no server's secret in ${data}: start one there ("npx restante start"), name its data directory with --data, or give a --token.`,
  )
}

/** The token that was given, or one made with the server's secret, which only its own machine has. */
export async function tokenFor(
  target: TargetOptions,
  claims: Omit<TokenClaims, 'expiresInS'>,
): Promise<string> {
  if (target.token !== undefined) {
    const { user } = claimsOf(target.token)
    if (user !== claims.user) throw new Failure(`The --token is one of ${user}, not of ${claims.user}.`)
    return target.token
  }
  return mintToken(await secretOf(target.data), { ...claims, expiresInS: COMMAND_TOKEN_S })
}

/** CONNACK codes of mqtt.js and codes of the SDK, for the person at the terminal. */
const REFUSALS: Record<string, string> = {
  2: 'refused the client id: the token is for another user or device, or the user has too many devices',
  'identifier-refused':
    'refused the device: the token is for another user or device, the user has too many devices ("npx restante device list"), or this one was removed',
  4: "refused the token: it has expired, or it is from another server's data directory",
  5: 'refused the token: it does not allow this',
  'bad-credentials': "refused the token: it has expired, or it is from another server's data directory",
  'not-authorized': 'refused the token: it does not allow this device to connect',
}

/** Why a connection failed, in one sentence. */
export function connectFailure(url: string, error: unknown): Failure {
  const code = String((error as { code?: unknown }).code)
  const refusal = REFUSALS[code]
  if (refusal !== undefined) return new Failure(`${url} ${refusal}.`)
  if (code === 'ECONNREFUSED' || code === 'unreachable') {
    return new Failure(
      `No server answers at ${url}: start one with "npx restante start", or give its address with --url.`,
    )
  }
  return new Failure(`The connection to ${url} failed: ${sentenceOf(error)}`)
}
