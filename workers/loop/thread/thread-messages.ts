import type { LogLevel } from '../../../kit/log.ts'
import type { DeviceId } from '../../../proto/ids.ts'
import type { WorkerLimits } from '../../config.ts'
import type { DatabaseSettings } from '../../directory/database.ts'
import type { TokenSource } from '../token.ts'

/** What crosses between the supervisor and the thread in which the step runs. */

export interface ThreadData {
  readonly brokerUrl: string
  readonly token: TokenSource
  readonly name: DeviceId
  readonly database: DatabaseSettings
  readonly limits: WorkerLimits
  readonly logLevel: LogLevel
  readonly logScope: Readonly<Record<string, unknown>>
  /** See heartbeat.ts. */
  readonly beats: SharedArrayBuffer
}

export type ToThread = { readonly kind: 'stop'; readonly timeoutMs: number } | { readonly kind: 'metrics' }

export type FromThread =
  | { readonly kind: 'metrics'; readonly text: string }
  | { readonly kind: 'status'; readonly isConnected: boolean; readonly isDirectoryAway: boolean }
