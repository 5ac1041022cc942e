import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { Batcher } from '../../kit/batcher.ts'
import { ScriptCall, type Argument } from './redis-call.ts'
import { storeUnavailable } from './redis-client.ts'
import type { Place } from './redis-keys.ts'
import type { Reply, Script } from './redis-script.ts'
import type { RedisServers } from './redis-servers.ts'

/** One atomic act on the keys of one slot. */
export interface Act extends Place {
  readonly script: Script
  readonly args: readonly Argument[]
  /** How many entries it is about, for the size of calls. Missing: 1. */
  readonly weight?: number
  /** The epoch it stands on: if the slot's server was reset since that was given out, the answer is null. */
  readonly epoch?: number
}

/** Carries out acts. */
export interface Acts {
  /** @returns null if the act's epoch is older than its server's last reset. @throws StoreUnavailable */
  run(act: Act): Promise<Reply>
}

/** Entries in one call: others wait about a millisecond behind it. */
const CALL_WEIGHT_MAX = 256
/** Acts in one batch, which is one round trip. The rest collects meanwhile. */
const BATCH_ACTS_MAX = 2_048
/** Acts waiting for one script at one server. More are refused: whoever sends them is to slow down. */
const WAITING_ACTS_MAX = 100_000
const RETRY_MS = 20

/** Errors that say that nothing was done, and that it can be soon, here or elsewhere. */
const RETRIED = new Set(['MOVED', 'ASK', 'TRYAGAIN', 'CLUSTERDOWN', 'MASTERDOWN', 'LOADING'])

/** An act on its way, what became of it, and the server that is to be asked for it during a slot's move. */
interface Waiting {
  readonly act: Act
  readonly sinceMs: number
  outcome?: { readonly reply: Reply } | { readonly error: Error }
  ask?: string | undefined
}

/** One EVALSHA, and the acts it carries. */
interface Call {
  readonly script: Script
  readonly slot: number
  readonly keys: string[]
  readonly args: Argument[]
  readonly acts: Waiting[]
  weight: number
}

/**
 * Sends acts to their servers, many in one round trip: per script and server, one batch is on its way and the next
 * collects. Acts of one script on one slot keep their order.
 *
 * An act whose connection is lost or whose deadline passes may have happened or not, and is not sent again. One that
 * was certainly not carried out (the slot is elsewhere, the cluster is down) is, until the deadline.
 */
export class RedisBatches implements Acts {
  readonly #servers: RedisServers
  readonly #batchers = new Map<string, Batcher<Waiting, Waiting>>()

  constructor(servers: RedisServers) {
    this.#servers = servers
  }

  async run(act: Act): Promise<Reply> {
    const name = `${act.script.name} ${this.#servers.owner(act.slot)}`
    let batcher = this.#batchers.get(name)
    if (!batcher) {
      batcher = new Batcher((batch) => this.#carryOut(batch), BATCH_ACTS_MAX)
      this.#batchers.set(name, batcher)
    }
    if (batcher.waiting >= WAITING_ACTS_MAX) throw storeUnavailable('has too much to do')
    const { outcome } = await batcher.add({ act, sinceMs: performance.now() })
    if (outcome && 'reply' in outcome) return outcome.reply
    throw outcome?.error ?? storeUnavailable('did not come to it in time')
  }

  async #carryOut(batch: Waiting[]): Promise<Waiting[]> {
    const { deadlineMs } = this.#servers
    const now = performance.now()
    let left = batch.filter(({ sinceMs }) => now - sinceMs < deadlineMs)
    while (left.length > 0) {
      const servers = groupBy(left, ({ act, ask }) => ask ?? this.#servers.owner(act.slot))
      await Promise.all([...servers.values()].map((acts) => this.#send(acts, now + deadlineMs)))
      left = left.filter((waiting) => waiting.outcome === undefined)
      if (performance.now() >= now + deadlineMs) break
      if (left.some((waiting) => waiting.ask === undefined)) {
        await this.#servers.refresh().catch(() => {})
        await delay(RETRY_MS)
      }
    }
    return batch
  }

  /** To one server. What may be tried again is left without an outcome. */
  async #send(acts: readonly Waiting[], untilMs: number): Promise<void> {
    const [first] = acts as readonly [Waiting]
    try {
      const client = first.ask
        ? await this.#servers.readyAt(first.ask, untilMs)
        : (this.#servers.readyNow(first.act.slot) ?? (await this.#servers.ready(first.act.slot, untilMs)))
      const calls = this.#callsOf(acts.filter((waiting) => !this.#isStale(waiting)))
      const unknown = await sendCalls(client, calls, 'evalsha', first.ask !== undefined)
      if (unknown.length > 0) await sendCalls(client, unknown, 'eval', first.ask !== undefined)
    } catch (error) {
      for (const waiting of acts) waiting.outcome ??= { error: asUnavailable(error) }
    }
  }

  #isStale(waiting: Waiting): boolean {
    const { epoch, slot } = waiting.act
    if (epoch === undefined || epoch >= this.#servers.epochFloor(slot)) return false
    waiting.outcome = { reply: null }
    return true
  }

  #callsOf(acts: readonly Waiting[]): Call[] {
    const calls: Call[] = []
    for (const waiting of acts) {
      const { script, slot, keys, args, weight = 1 } = waiting.act
      const last = calls.at(-1)
      const isShared = script.keysPerUnit !== undefined
      if (
        isShared &&
        last?.script === script &&
        last.weight + weight <= CALL_WEIGHT_MAX &&
        (!this.#servers.isCluster || last.slot === slot)
      ) {
        last.keys.push(...keys)
        last.args.push(args.length, ...args)
        last.acts.push(waiting)
        last.weight += weight
      } else {
        calls.push({
          script,
          slot,
          keys: [...keys],
          args: isShared ? [args.length, ...args] : [...args],
          acts: [waiting],
          weight,
        })
      }
    }
    return calls
  }
}

/**
 * All calls in one write.
 * @returns those that the server does not know the script of; their acts have no outcome yet, like redirected ones
 */
async function sendCalls(
  client: Redis,
  calls: readonly Call[],
  by: 'evalsha' | 'eval',
  isAsked: boolean,
): Promise<Call[]> {
  client.stream.cork()
  const replies = calls.map(({ script, keys, args }) => {
    if (isAsked) client.asking().catch(() => {})
    const call = new ScriptCall(by, script, keys, args)
    void client.sendCommand(call)
    return call.promise as Promise<Reply>
  })
  client.stream.uncork()
  const results = await Promise.allSettled(replies)
  return calls.filter((call, i) => {
    const result = results[i] as PromiseSettledResult<Reply>
    if (result.status === 'fulfilled') succeeded(call, result.value)
    else return failed(call, result.reason as Error) === 'NOSCRIPT'
    return false
  })
}

function succeeded(call: Call, reply: Reply): void {
  const replies = call.script.keysPerUnit === undefined ? [reply] : (reply as readonly Reply[])
  call.acts.forEach((waiting, i) => {
    waiting.outcome = { reply: replies[i] ?? null }
  })
}

/** @returns the kind of error: the first word of what Redis says */
function failed(call: Call, error: Error): string {
  const [kind = '', , address] = error.message.split(' ')
  for (const waiting of call.acts) {
    waiting.ask = kind === 'ASK' ? address : undefined
    if (kind !== 'NOSCRIPT' && !RETRIED.has(kind)) waiting.outcome = { error: asUnavailable(error) }
  }
  return kind
}

function asUnavailable(error: unknown): Error {
  return error instanceof Error && 'code' in error && error.code === 'store-unavailable'
    ? error
    : storeUnavailable('refused or did not answer', error)
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
