import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { lockDataDirectory } from '../../kit/directory-lock.ts'
import { OperationalError } from '../../kit/operational-error.ts'
import { connect, durableStore, type Client, type LocalStore } from '../index.ts'
import { claimsOf } from '../sdk/connection/token.ts'
import { Failure } from './failure.ts'
import {
  connectFailure,
  isAddressWrong,
  secretOf,
  tokenFor,
  withTarget,
  type TargetOptions,
} from './target.ts'

/** A device of a user, run from the command line. */
export interface DeviceOptions extends TargetOptions {
  readonly device: string
  /** Directory for messages and the outbox. Missing: one of its own for each server, user and device. */
  readonly store?: string
}

/** The same, but its device need not have a name. */
export interface BriefOptions extends TargetOptions {
  readonly device?: string
}

export function withBriefDevice(command: Command): Command {
  return withTarget(
    command.option(
      '--device <name>',
      'link a device of this name, instead of being none (tokens of one device do)',
    ),
  )
}

export function withDevice(command: Command, device: string): Command {
  return withTarget(command.option('--device <name>', "this device's name", device))
}

const CONNECT_MS_MAX = 10_000

/**
 * Connects with a durable store that only this process uses. A store that has been used before starts without the
 * server, too.
 *
 * @throws Failure that says why it cannot
 */
export async function connectDurable(user: string, options: DeviceOptions): Promise<Client> {
  const directory = options.store ?? (await defaultStore(user, options))
  const isKnown = existsSync(join(directory, 'data.mdb'))
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  await lockDataDirectory(directory).catch((error: unknown) => {
    if (!(error instanceof OperationalError)) throw error
    throw new Failure(
      `${user}/${options.device} is in use by another process: give another --device or --store.`,
    )
  })
  return open(user, options, { store: durableStore(directory), offline: isKnown })
}

/**
 * Connects for one thing, with a store in memory: as that device, which is linked by it; without one as nobody's device,
 * under a name that no other process has, however many of them have the same token.
 */
export function connectBriefly(user: string, options: BriefOptions): Promise<Client> {
  const linked = options.device ?? (options.token === undefined ? undefined : claimsOf(options.token).device)
  if (linked !== undefined) return open(user, { ...options, device: linked }, {})
  const device = `send-${randomBytes(8).toString('hex')}`
  return open(user, { ...options, device }, { isTransient: true })
}

async function open(
  user: string,
  options: DeviceOptions,
  more: { readonly store?: LocalStore; readonly offline?: boolean; readonly isTransient?: boolean },
): Promise<Client> {
  const { url, device } = options
  const token = await tokenFor(options, { user, device })
  try {
    return await connect({
      url,
      token,
      device,
      connectTimeoutMs: CONNECT_MS_MAX,
      givesUp: isAddressWrong,
      ...more,
    })
  } catch (error) {
    throw connectFailure(url, error)
  }
}

/** Named after the server's secret, so that a server made anew never meets what was stored for an older one. */
async function defaultStore(user: string, options: DeviceOptions): Promise<string> {
  const home = process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share')
  const server = options.token === undefined ? await secretOf(options.data) : options.url
  const name = createHash('sha256').update(server).digest('hex').slice(0, 12)
  return resolve(home, 'restante', name, user, options.device)
}
