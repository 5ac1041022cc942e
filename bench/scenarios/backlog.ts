import { round } from '../figures.ts'
import { Pair } from '../pair.ts'
import type { Server } from '../server.ts'
import { until } from '../until.ts'

export interface BacklogOptions {
  /** Messages that wait when the device comes back. */
  readonly messages: number
  /** Text bytes of a message. */
  readonly bytes: number
  /** Messages per second that are sent meanwhile. */
  readonly liveRate: number
}

export interface BacklogResult {
  readonly messages: number
  readonly bytes: number
  /** From CONNECT until the whole backlog was there. */
  readonly ms: number
  readonly messages_per_s: number
  /** PUBLISH packets that carried backlog and live messages. */
  readonly frames: number
  readonly live: number
  readonly lost: number
  readonly duplicated: number
  readonly reordered: number
}

const STEP_MS_MAX = 60_000
const WINDOW = 100
const LIVE_STEP_MS = 10

/** A device comes back to a long backlog, in one connection, while live messages go on. */
export async function backlog(server: Server, options: BacklogOptions): Promise<BacklogResult> {
  const pair = new Pair(server, 'backlog', options.bytes)
  try {
    await pair.connectReceiver()
    await pair.connectSender()
    await begin(pair)
    await pair.disconnectReceiver()
    const waiting = options.messages + pair.sent
    await fill(pair, waiting)
    const startedAt = performance.now()
    const live = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1000) * options.liveRate
      while (pair.sent - waiting < due) pair.send()
    }, LIVE_STEP_MS)
    const ended = pair
      .connectReceiver()
      .then(() => until(() => pair.arrivedUpTo >= waiting, STEP_MS_MAX))
      .finally(() => clearInterval(live))
    if (!(await ended))
      throw new Error(
        `of ${waiting} messages, ${pair.rejected} were refused, and number ${pair.arrivedUpTo + 1} did not arrive`,
      )
    const ms = performance.now() - startedAt
    await until(() => pair.arrived === pair.sent, STEP_MS_MAX)
    await pair.disconnectReceiver()
    return {
      messages: options.messages,
      bytes: options.bytes,
      ms: round(ms),
      messages_per_s: Math.round(options.messages / (ms / 1000)),
      frames: pair.frames,
      live: pair.sent - waiting,
      lost: pair.lost,
      duplicated: pair.duplicated,
      reordered: pair.reordered,
    }
  } finally {
    await pair.close()
  }
}

/** The chat exists, whatever its first message had to wait for: what comes next is stored, and nothing else. */
async function begin(pair: Pair): Promise<void> {
  pair.send()
  if (!(await until(() => pair.arrived === 1, STEP_MS_MAX)))
    throw new Error('the first message did not arrive')
}

/** Sends with `WINDOW` messages on their way until all are acknowledged. */
async function fill(pair: Pair, messages: number): Promise<void> {
  const filled = await until(() => {
    while (pair.sent < messages && pair.sent - pair.acknowledged < WINDOW) pair.send()
    return pair.acknowledged === messages
  }, STEP_MS_MAX)
  if (!filled) throw new Error(`only ${pair.acknowledged} of ${messages} messages were taken`)
}
