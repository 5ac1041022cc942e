import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { readOrMakeSecret } from '../../broker/auth/secret-file.ts'
import { RestanteError, UnreachableError, type UnreachableReason } from '../index.ts'
import { claimsOf } from '../sdk/connection/token.ts'
import { dataOption } from './data-dir.ts'
import { Failure, sentenceOf } from './failure.ts'
import { mintToken, type TokenClaims } from './mint-token.ts'

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
    .addOption(dataOption("the server's data directory"))
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

const NOT_SIGNED = "refused the token: it is not one of this server's (is --data its data directory?)"
/** MQTT 3.1.1 has one code for all of these; the server's log says which it was. */
const NOT_ALLOWED =
  'refused this device: the token has expired or is for another device, the device was removed, or the user has as many as are allowed ("npx restante device list" and "device remove" help with the last)'

/** The SDK's codes for what CONNACK said, for the person at the terminal. */
const REFUSALS: Record<string, string> = {
  'server-unavailable': 'takes no connections just now: try again',
  'bad-credentials': NOT_SIGNED,
  'not-authorized': NOT_ALLOWED,
}

/** What no waiting mends, but the person at the terminal. */
const ADDRESS_REASONS: ReadonlySet<UnreachableReason> = new Set([
  'unknown-host',
  'needs-tls',
  'no-tls',
  'bad-certificate',
  'not-mqtt',
  'not-http',
  'no-websocket',
])

export function isAddressWrong(error: unknown): boolean {
  return error instanceof UnreachableError && ADDRESS_REASONS.has(error.reason)
}

/** Why a connection failed, in one sentence. */
export function connectFailure(url: string, error: unknown): Failure {
  const refusal = error instanceof RestanteError ? REFUSALS[error.code] : undefined
  if (refusal !== undefined) return new Failure(`${url} ${refusal}.`)
  if (!(error instanceof UnreachableError))
    return new Failure(`The connection to ${url} failed: ${sentenceOf(error)}`)
  if (error.reason === 'refused') {
    return new Failure(
      `No server answers at ${url}: start one with "npx restante start", or give its address with --url.`,
    )
  }
  // Behind an error of many attempts stands what the last one found.
  const { message } = error.cause instanceof UnreachableError ? error.cause : error
  return new Failure(`No connection to ${url}: ${message}${/[.?]$/.test(message) ? '' : '.'}`)
}
