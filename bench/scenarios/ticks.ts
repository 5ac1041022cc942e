import { percentiles, round, type Percentiles } from '../figures.ts'
import { Pair } from '../pair.ts'
import type { RedisCounts } from '../redis.ts'
import type { Server } from '../server.ts'
import { until } from '../until.ts'

export interface TicksOptions {
  readonly pairs: number
  /** Messages of a pair that are on their way at any moment. */
  readonly window: number
  readonly seconds: number
  /** Text bytes of a message. */
  readonly bytes: number
}

export interface TicksResult extends TicksOptions {
  readonly ticks_per_s: number
  readonly deliver_ms: Percentiles
  readonly tick_ms: Percentiles
  /** Afterwards, with one pair and one message in flight. */
  readonly one_in_flight_tick_ms: Percentiles
  /** Processor time of the server and of this load generator: says what the others on the machine hide. */
  readonly server_cpu_us_per_tick: number
  readonly generator_cpu_us_per_tick: number
  /** What Redis did for one message, delivered and acknowledged. */
  readonly redis_per_message?: RedisShare
  readonly sent: number
  readonly lost: number
  readonly duplicated: number
  readonly reordered: number
  readonly rejected: number
}

interface RedisShare {
  readonly round_trips: number
  readonly script_calls: number
  readonly commands: number
  readonly cpu_us: number
}

/** After the time is up, what is on its way may take this long to arrive before it counts as lost. */
const DRAIN_MS_MAX = 10_000
const ONE_IN_FLIGHT_S = 2

/**
 * Pairs of users, each sender with `window` messages on their way: a tick, the sender's delivered receipt for a
 * message, lets it send the next. Both ends acknowledge everything they get.
 */
export async function ticks(server: Server, options: TicksOptions): Promise<TicksResult> {
  const pairs = Array.from({ length: options.pairs }, (_, i) => new Pair(server, String(i), options.bytes))
  const alone = new Pair(server, 'alone', options.bytes)
  try {
    const redisBefore = await server.redis?.counts()
    const serverMs = server.cpuMs()
    const generator = process.cpuUsage()
    const { ticked, seconds } = await load(pairs, options.window, options.seconds)
    const { user, system } = process.cpuUsage(generator)
    const serverUs = (server.cpuMs() - serverMs) * 1000
    const redisAfter = await server.redis?.counts()
    const total = sum(pairs, (pair) => pair.tickMs.length)
    await load([alone], 1, ONE_IN_FLIGHT_S)
    const all = [...pairs, alone]
    return {
      ...options,
      ticks_per_s: Math.round(ticked / seconds),
      deliver_ms: percentiles(pairs.flatMap((pair) => pair.deliverMs)),
      tick_ms: percentiles(pairs.flatMap((pair) => pair.tickMs)),
      one_in_flight_tick_ms: percentiles(alone.tickMs),
      server_cpu_us_per_tick: round(serverUs / total),
      generator_cpu_us_per_tick: round((user + system) / total),
      ...(redisBefore && redisAfter && { redis_per_message: redisShare(redisBefore, redisAfter, total) }),
      sent: sum(all, (pair) => pair.acknowledged),
      lost: sum(all, (pair) => pair.lost),
      duplicated: sum(all, (pair) => pair.duplicated),
      reordered: sum(all, (pair) => pair.reordered),
      rejected: sum(all, (pair) => pair.rejected),
    }
  } finally {
    await Promise.all([...pairs, alone].map((pair) => pair.close()))
  }
}

/** @returns ticks within the time, which ends when sending ends; what was on its way has arrived when it resolves */
async function load(
  pairs: readonly Pair[],
  window: number,
  forS: number,
): Promise<{ ticked: number; seconds: number }> {
  for (const pair of pairs) {
    await pair.connectReceiver()
    await pair.connectSender()
  }
  const startedAt = performance.now()
  for (const pair of pairs) pair.start(window)
  await new Promise((resolve) => setTimeout(resolve, forS * 1000))
  const seconds = (performance.now() - startedAt) / 1000
  const ticked = sum(pairs, (pair) => pair.tickMs.length)
  for (const pair of pairs) pair.stop()
  await until(() => pairs.every((pair) => pair.isQuiet), DRAIN_MS_MAX)
  return { ticked, seconds }
}

function redisShare(before: RedisCounts, after: RedisCounts, messages: number): RedisShare {
  return {
    round_trips: round((after.roundTrips - before.roundTrips) / messages),
    script_calls: round((after.scriptCalls - before.scriptCalls) / messages),
    commands: round((after.commands - before.commands) / messages),
    cpu_us: round((after.cpuUs - before.cpuUs) / messages),
  }
}

function sum(pairs: readonly Pair[], of: (pair: Pair) => number): number {
  return pairs.reduce((total, pair) => total + of(pair), 0)
}
