import { createHash } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { lockDataDirectory } from '../../kit/directory-lock.ts'
import { OperationalError } from '../../kit/operational-error.ts'
import { connect, durableStore, type Client, type LocalStore } from '../index.ts'
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

/** Connects for one thing, with a store in memory. */
export function connectBriefly(user: string, options: DeviceOptions): Promise<Client> {
  return open(user, options, {})
}

async function open(
  user: string,
  options: DeviceOptions,
  more: { readonly store?: LocalStore; readonly offline?: boolean },
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
