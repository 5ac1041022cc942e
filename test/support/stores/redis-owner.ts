import { RedisAppends } from '../../../broker/mailbox/redis/append.ts'
import { RedisBodies } from '../../../broker/mailbox/redis/bodies.ts'
import { RedisBatches, type Act, type Acts } from '../../../broker/mailbox/redis/batches.ts'
import { RedisClock } from '../../../broker/mailbox/redis/clock.ts'
import { RedisCommits } from '../../../broker/mailbox/redis/commits/commits.ts'
import { RedisReaders } from '../../../broker/mailbox/redis/readers.ts'
import type { Reply } from '../../../broker/mailbox/redis/script.ts'
import { RedisServers } from '../../../broker/mailbox/redis/servers.ts'
import { slotOf } from '../../../broker/mailbox/redis/slot.ts'
import { RedisSweeps } from '../../../broker/mailbox/redis/sweeps.ts'
import type { MailboxLimits } from '../../../broker/mailbox/store.ts'
import { createLog } from '../../../kit/log.ts'

/** The process died here: this act and all later ones of it fail. */
export class Crashed extends Error {
  override readonly name = 'Crashed'
}

/** Where a process stops: before its n-th act (from 1) or behind it, with the answer lost. */
export interface Stop {
  readonly act: number
  readonly when: 'before' | 'behind'
}

/** Real acts on a real server, one after the other; the process dies or freezes at one of them. */
export class SteppedActs implements Acts {
  readonly #acts: Acts
  readonly #stop: Stop | undefined
  readonly #atStop: () => Promise<void>
  count = 0
  answered = 0

  /** @param atStop what happens at the stop: throws Crashed, or resolves when the process thaws */
  constructor(acts: Acts, stop?: Stop, atStop: () => Promise<void> = () => Promise.reject(new Crashed())) {
    this.#acts = acts
    this.#stop = stop
    this.#atStop = atStop
  }

  async run(act: Act): Promise<Reply> {
    const number = ++this.count
    const stop = this.#stop
    const isPast = stop !== undefined && number > stop.act
    if (isPast || (stop?.act === number && stop.when === 'before')) await this.#atStop()
    const reply = await this.#acts.run(act)
    this.answered++
    if (stop?.act === number && stop.when === 'behind') await this.#atStop()
    return reply
  }

  async runAll(acts: readonly Act[]): Promise<Reply[]> {
    const replies: Reply[] = []
    for (const act of acts) replies.push(await this.run(act))
    return replies
  }

  async settleAll(acts: readonly Act[]): Promise<(Reply | Error)[]> {
    const replies: (Reply | Error)[] = []
    for (const act of acts) replies.push(await this.run(act).catch((error: Error) => error))
    return replies
  }
}

/** The parts of a store that own partitions, over stepped acts. Commits take the pending way on any server. */
export class Owner {
  readonly acts: SteppedActs
  readonly commits: RedisCommits
  readonly readers: RedisReaders

  constructor(servers: RedisServers, limits: MailboxLimits, stop?: Stop, atStop?: () => Promise<void>) {
    const batches = new RedisBatches(servers)
    this.acts = new SteppedActs(batches, stop, atStop)
    const clock = new RedisClock(this.acts, { uptime: () => performance.now() })
    // Notes of expiry come in any order between the acts, and nobody waits for them.
    const sweeps = new RedisSweeps(batches, clock, createLog('silent'))
    const bodies = new RedisBodies(this.acts, clock, limits.retentionMs)
    const appends = new RedisAppends(this.acts, sweeps, clock, limits, bodies)
    const parts = {
      acts: this.acts,
      appends,
      serverOf: (mailbox: string) => servers.owner(slotOf(mailbox)),
      log: createLog('silent'),
      onOwed: () => undefined,
      onSettled: () => undefined,
    }
    this.commits = new RedisCommits(parts, bodies, false)
    this.readers = new RedisReaders(this.acts, servers, this.commits, clock, limits.devicesPerUserMax)
  }

  static servers(urls: readonly string[]): Promise<RedisServers> {
    return RedisServers.open({ urls, name: 'test', deadlineMs: 5_000, log: createLog('silent') })
  }
}

export const LIMITS: MailboxLimits = {
  userEntriesMax: 100_000,
  userBytesMax: 64_000_000,
  strangersPercentMax: 20,
  partitionEntriesMax: 100_000,
  partitionBytesMax: 64_000_000,
  deadEntriesMax: 1_000,
  devicesPerUserMax: 3,
  retentionMs: 30 * 24 * 3_600_000,
}
