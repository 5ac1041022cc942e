import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { Batcher } from '../../../kit/batcher.ts'
import { ScriptCall, type Argument } from './call.ts'
import { storeUnavailable } from './client.ts'
import type { Place } from './keys.ts'
import type { Reply, Script } from './script.ts'
import type { RedisServers } from './servers.ts'

/** One atomic act on the keys of one slot. */
export interface Act extends Place {
  readonly script: Script
  readonly args: readonly Argument[]
  /** How many entries it may be about, for the size of calls. Missing: 1. */
  readonly weight?: number
  /** The epoch it stands on: if the slot's server was reset since that was given out, the answer is null. */
  readonly epoch?: number
}

/** Carries out acts. The reply is null if an act's epoch is older than its server's last reset. */
export interface Acts {
  /** @throws StoreUnavailable */
  run(act: Act): Promise<Reply>
  /**
   * Many at once, none waiting for another; those of one script on one slot in order.
   * @throws StoreUnavailable if any failed
   */
  runAll(acts: readonly Act[]): Promise<Reply[]>
  /** The same, with the error of each that failed in its place. */
  settleAll(acts: readonly Act[]): Promise<(Reply | Error)[]>
}

/** Entries in one call: others wait about a millisecond behind it. */
const CALL_WEIGHT_MAX = 256
/** An act that may bring back much, or look at much. */
export const HEAVY = 32
/** Tasks in one batch, which is one round trip. The rest collects meanwhile. */
const BATCH_TASKS_MAX = 1_024
/**
 * Acts of one script waiting for one server. More are refused: whoever sends them is to slow down. Of one script, so that
 * too many publishes are not refused at the expense of workers' results.
 */
const WAITING_ACTS_MAX = 100_000
const RETRY_MS = 20

/** Errors that say that nothing was done, and that it can be soon, here or elsewhere. */
const RETRIED = new Set(['MOVED', 'ASK', 'TRYAGAIN', 'CLUSTERDOWN', 'MASTERDOWN', 'LOADING'])

/** Acts of one caller for one server. */
interface Task {
  readonly acts: readonly Act[]
  readonly sinceMs: number
  readonly replies: (Reply | Error | undefined)[]
}

/** An act without a reply yet, and the server that is to be asked for it while its slot moves. */
interface Waiting {
  readonly act: Act
  readonly task: Task
  readonly index: number
  ask: string | undefined
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

/** What collects for the scripts of one queue at one server. */
interface Queue {
  readonly batcher: Batcher<Task, void>
  readonly waitingActs: Map<Script, number>
}

/**
 * Sends acts to their servers, many in one round trip: per queue of scripts and server, one batch is on its way and the
 * next collects. Acts of one script are carried out in order, those of different scripts in any.
 *
 * An act whose connection is lost or whose deadline passes may have happened or not, and is not sent again. One that
 * was certainly not carried out (the slot is elsewhere, the cluster is down) is, until the deadline.
 */
export class RedisBatches implements Acts {
  readonly #servers: RedisServers
  readonly #queues = new Map<string, Queue>()

  constructor(servers: RedisServers) {
    this.#servers = servers
  }

  async run(act: Act): Promise<Reply> {
    const [reply] = await this.runAll([act])
    return reply as Reply
  }

  async runAll(acts: readonly Act[]): Promise<Reply[]> {
    const replies = await this.settleAll(acts)
    for (const reply of replies) if (reply instanceof Error) throw reply
    return replies as Reply[]
  }

  async settleAll(acts: readonly Act[]): Promise<(Reply | Error)[]> {
    const [first] = acts
    if (!first) return []
    if (!this.#servers.isCluster && acts.every(({ script }) => script === first.script)) {
      return this.#runTask(acts)
    }
    const replies: (Reply | Error)[] = []
    const groups = groupBy([...acts.keys()], (i) => {
      const { script, slot } = acts[i] as Act
      return `${script.name} ${this.#servers.owner(slot)}`
    })
    await Promise.all(
      [...groups.values()].map(async (indexes) => {
        const own = await this.#runTask(indexes.map((i) => acts[i] as Act))
        indexes.forEach((index, i) => {
          replies[index] = own[i] as Reply | Error
        })
      }),
    )
    return replies
  }

  /** @param acts of one script at one server */
  async #runTask(acts: readonly Act[]): Promise<(Reply | Error)[]> {
    const { script, slot } = acts[0] as Act
    const name = `${script.queue} ${this.#servers.owner(slot)}`
    let queue = this.#queues.get(name)
    if (!queue) {
      queue = {
        batcher: new Batcher((tasks) => this.#carryOut(tasks), BATCH_TASKS_MAX),
        waitingActs: new Map(),
      }
      this.#queues.set(name, queue)
    }
    const { waitingActs } = queue
    const waiting = waitingActs.get(script) ?? 0
    if (waiting >= WAITING_ACTS_MAX) return acts.map(() => storeUnavailable('has too much to do'))
    waitingActs.set(script, waiting + acts.length)
    const task: Task = { acts, sinceMs: performance.now(), replies: [] }
    try {
      await queue.batcher.add(task)
    } finally {
      waitingActs.set(script, (waitingActs.get(script) as number) - acts.length)
    }
    return acts.map((_, i) => {
      const reply = task.replies[i]
      return reply === undefined ? storeUnavailable('did not come to it in time') : reply
    })
  }

  async #carryOut(tasks: Task[]): Promise<void[]> {
    const { deadlineMs } = this.#servers
    const now = performance.now()
    let left: Waiting[] = []
    for (const task of tasks) {
      if (now - task.sinceMs >= deadlineMs) continue
      task.acts.forEach((act, index) => left.push({ act, task, index, ask: undefined }))
    }
    while (left.length > 0) {
      const servers = groupBy(left, ({ act, ask }) => ask ?? this.#servers.owner(act.slot))
      await Promise.all([...servers.values()].map((acts) => this.#send(acts, now + deadlineMs)))
      left = left.filter(({ task, index }) => task.replies[index] === undefined)
      if (performance.now() >= now + deadlineMs) break
      if (left.some((waiting) => waiting.ask === undefined)) {
        await this.#servers.refresh().catch(() => {})
        await delay(RETRY_MS)
      }
    }
    return tasks.map(() => undefined)
  }

  /** To one server. What may be tried again is left without a reply. */
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
      for (const { task, index } of acts) {
        if (task.replies[index] === undefined) task.replies[index] = asUnavailable(error)
      }
    }
  }

  #isStale(waiting: Waiting): boolean {
    const { epoch, slot } = waiting.act
    if (epoch === undefined || epoch >= this.#servers.epochFloor(slot)) return false
    waiting.task.replies[waiting.index] = null
    return true
  }

  #callsOf(acts: readonly Waiting[]): Call[] {
    const calls: Call[] = []
    const lastOf = new Map<Script, Call>()
    for (const waiting of acts) {
      const { script, slot, keys, args, weight = 1 } = waiting.act
      const last = lastOf.get(script)
      if (
        last &&
        last.weight + weight <= CALL_WEIGHT_MAX &&
        (!this.#servers.isCluster || last.slot === slot)
      ) {
        last.keys.push(...keys)
        last.args.push(keys.length, args.length, ...args)
        last.acts.push(waiting)
        last.weight += weight
      } else {
        const call: Call = {
          script,
          slot,
          keys: [...keys],
          args: [keys.length, args.length, ...args],
          acts: [waiting],
          weight,
        }
        lastOf.set(script, call)
        calls.push(call)
      }
    }
    return calls
  }
}

/**
 * All calls in one write.
 * @returns those that the server does not know the script of; their acts have no reply yet, like redirected ones
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
  const replies = reply as readonly Reply[]
  call.acts.forEach(({ task, index }, i) => {
    task.replies[index] = replies[i] as Reply
  })
}

/** @returns the kind of error: the first word of what Redis says */
function failed(call: Call, error: Error): string {
  const [kind = '', , address] = error.message.split(' ')
  const isFinal = kind !== 'NOSCRIPT' && !RETRIED.has(kind)
  for (const waiting of call.acts) {
    waiting.ask = kind === 'ASK' ? address : undefined
    if (isFinal) waiting.task.replies[waiting.index] = asUnavailable(error)
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

/**
 * What a call that is about many servers does when some of them do not answer: the others' replies stand.
 * @throws the first error if there is nothing else
 */
export function orElse<Value, Missing>(
  values: readonly (Value | Error)[],
  missing: Missing,
): (Value | Missing)[] {
  const [first] = values
  if (first instanceof Error && values.every((value) => value instanceof Error)) throw first
  return values.map((value) => (value instanceof Error ? missing : value))
}
