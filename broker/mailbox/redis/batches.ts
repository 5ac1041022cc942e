import { setTimeout as delay } from 'node:timers/promises'
import { Batcher } from '../../../kit/batcher.ts'
import { asUnavailable, isBroken, sendActs, type Act, type Waiting } from './calls.ts'
import { storeUnavailable } from './client.ts'
import { Riders } from './riders.ts'
import { MESSAGES, type Reply, type Script } from './script.ts'
import type { RedisServers } from './servers.ts'

export type { Act } from './calls.ts'

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

/** What collects for the scripts of one queue at one server. */
interface Queue {
  readonly batcher: Batcher<readonly Waiting[], undefined>
  readonly waitingActs: Map<Script, number>
}

/**
 * Sends acts to their servers, many in one round trip: per queue of scripts and server, one batch is on its way and the
 * next collects. A batch leaves at the end of a turn of the event loop, with what came in it. Acts of one script are
 * carried out in order, those of different scripts in any. An act that may ride (calls.ts) leaves with the next batch of
 * messages to its server; whatever else is asked for its slot takes it along, so that nobody here can tell that it waits.
 *
 * An act whose connection is lost or whose deadline passes may have happened or not, and is not sent again. One that
 * was certainly not carried out (the slot is elsewhere, or on its way) is, until the deadline. For that it steps aside:
 * all acts of its queue on its slot wait behind it, in order, and those on other slots of its server do not.
 */
export class RedisBatches implements Acts {
  /** Told of entries that left their mailboxes and shared their bytes, packed as the scripts say it. */
  onReleased: (packed: Uint8Array) => void = () => undefined
  readonly #servers: RedisServers
  readonly #broken: (error: Error, act: Act) => void
  readonly #queues = new Map<string, Queue>()
  /** By server. */
  readonly #riders = new Map<string, Riders>()
  /** Acts to be tried again, in order, by queue and slot. */
  readonly #aside = new Map<string, Waiting[]>()

  /** @param broken is told of each act that failed because of what its keys hold */
  constructor(servers: RedisServers, broken: (error: Error, act: Act) => void = () => undefined) {
    this.#servers = servers
    this.#broken = broken
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

  /** Resolves when nothing waits for company any more. */
  async settled(): Promise<void> {
    const riders = [...this.#riders].map(([server, own]) => this.#carryOut(own.takeAll(), server))
    await Promise.all(riders)
  }

  /** @param acts of one script at one server, all of which may ride or none */
  #runTask(acts: readonly Act[]): Promise<(Reply | Error)[]> {
    const { script, slot } = acts[0] as Act
    const server = this.#servers.owner(slot)
    const { batcher, waitingActs } = this.#queue(script.queue, server)
    const before = waitingActs.get(script) ?? 0
    if (before >= WAITING_ACTS_MAX)
      return Promise.resolve(acts.map(() => storeUnavailable('has too much to do')))
    waitingActs.set(script, before + acts.length)
    return new Promise((resolve) => {
      const untilMs = performance.now() + this.#servers.deadlineMs
      const replies: (Reply | Error)[] = []
      let left = acts.length
      const waiting = acts.map((act, i): Waiting => {
        const one: Waiting = {
          act,
          untilMs,
          isAnswered: false,
          ask: undefined,
          answer: (reply) => {
            if (one.isAnswered) return
            one.isAnswered = true
            if (reply instanceof Error && isBroken(reply)) this.#broken(reply, act)
            replies[i] = reply
            if (--left > 0) return
            waitingActs.set(script, (waitingActs.get(script) as number) - acts.length)
            resolve(replies)
          },
        }
        return one
      })
      this.#toGo(waiting, server, batcher)
    })
  }

  #toGo(acts: readonly Waiting[], server: string, batcher: Queue['batcher']): void {
    const riders = this.#ridersTo(server)
    const [{ act: first }] = acts as [Waiting]
    if (first.rides !== undefined) {
      for (const waiting of acts) riders.add(waiting.act.rides ?? '', waiting)
      if (acts.some(({ act }) => act.isLast)) void batcher.add([])
      return
    }
    // In front of it, on the same connection. Messages take along all that ride.
    const along = first.script.queue === MESSAGES ? [] : acts.flatMap(({ act }) => riders.take(act.slot))
    void this.#carryOut(along, server)
    void batcher.add(acts)
  }

  #ridersTo(server: string): Riders {
    let riders = this.#riders.get(server)
    if (riders === undefined) {
      riders = new Riders(() => void this.#queue(MESSAGES, server).batcher.add([]))
      this.#riders.set(server, riders)
    }
    return riders
  }

  #queue(name: string, server: string): Queue {
    const key = `${name} ${server}`
    let queue = this.#queues.get(key)
    if (!queue) {
      const riders = name === MESSAGES ? this.#ridersTo(server) : undefined
      const carryOut = async (tasks: (readonly Waiting[])[]): Promise<undefined[]> => {
        await this.#carryOut([...(riders?.takeAll() ?? []), ...tasks.flat()], server)
        return tasks.map(() => undefined)
      }
      const batcher = new Batcher(carryOut, BATCH_TASKS_MAX, setImmediate)
      queue = { batcher, waitingActs: new Map() }
      this.#queues.set(key, queue)
    }
    return queue
  }

  /** One batch of a server. Never rejects. */
  async #carryOut(acts: readonly Waiting[], server: string): Promise<void> {
    if (acts.length === 0) return
    const now = performance.now()
    const sent: Waiting[] = []
    for (const waiting of acts) {
      const { slot } = waiting.act
      if (now >= waiting.untilMs) waiting.answer(storeUnavailable('did not come to it in time'))
      else if (this.#servers.owner(slot) !== server || this.#aside.has(asideOf(waiting)))
        this.#stepAside(waiting)
      else sent.push(waiting)
    }
    await this.#send(sent, now + this.#servers.deadlineMs)
    for (const waiting of sent) if (!waiting.isAnswered) this.#stepAside(waiting)
  }

  #stepAside(waiting: Waiting): void {
    const name = asideOf(waiting)
    const acts = this.#aside.get(name)
    if (acts) {
      acts.push(waiting)
    } else {
      const own = [waiting]
      this.#aside.set(name, own)
      void this.#tryAgain(name, own)
    }
  }

  /** Until nothing of the slot waits any more: each is answered or past its deadline. Never rejects. */
  async #tryAgain(name: string, acts: Waiting[]): Promise<void> {
    while (acts.length > 0) {
      if (acts.some(({ ask }) => ask === undefined)) {
        void this.#servers.refresh().catch(() => {})
        await delay(RETRY_MS)
      }
      const now = performance.now()
      const batch = acts.splice(0, BATCH_TASKS_MAX).filter((waiting) => {
        if (now >= waiting.untilMs) waiting.answer(storeUnavailable('did not let us in in time'))
        return !waiting.isAnswered
      })
      const servers = groupBy(batch, ({ act, ask }) => ask ?? this.#servers.owner(act.slot))
      await Promise.all([...servers.values()].map((own) => this.#send(own, own[0]?.untilMs ?? now)))
      acts.unshift(...batch.filter(({ isAnswered }) => !isAnswered))
    }
    this.#aside.delete(name)
  }

  /** To one server. What may be tried again is left without an answer. Never rejects. */
  async #send(acts: readonly Waiting[], untilMs: number): Promise<void> {
    const [first] = acts
    if (!first) return
    try {
      const client = first.ask
        ? await this.#servers.readyAt(first.ask, untilMs)
        : (this.#servers.readyNow(first.act.slot) ?? (await this.#servers.ready(first.act.slot, untilMs)))
      const fresh = acts.filter((waiting) => !this.#isStale(waiting))
      await sendActs(client, fresh, this.#servers.isCluster, first.ask !== undefined, this.onReleased)
    } catch (error) {
      for (const waiting of acts) waiting.answer(asUnavailable(error))
    }
  }

  #isStale(waiting: Waiting): boolean {
    const { epoch, slot } = waiting.act
    if (epoch === undefined || epoch >= this.#servers.epochFloor(slot)) return false
    waiting.answer(null)
    return true
  }
}

/** What waits together when it is to be tried again. */
function asideOf({ act }: Waiting): string {
  return `${act.script.queue} ${act.slot}`
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
