import { LEASE_SCRIPT } from './lua/partitions.ts'
import {
  ATTACH_SCRIPT,
  BAR_SCRIPT,
  BARRED_SCRIPT,
  DETACH_SCRIPT,
  DETACH_TRANSIENT_SCRIPT,
  DEVICES_SCRIPT,
  REMOVE_DEVICE_SCRIPT,
} from './lua/readers.ts'
import type { Acts } from './batches.ts'
import { storeUnavailable } from './client.ts'
import type { RedisClock } from './clock.ts'
import type { RedisCommits } from './commits/commits.ts'
import { barPlace, devicePlace, metaPlace, owedKey, partitionPlace } from './keys.ts'
import { bytesOf, listOf, numberOf, textOf, type Reply } from './script.ts'
import type { RedisServers } from './servers.ts'
import {
  userMailbox,
  type Attach,
  type AttachOutcome,
  type Bar,
  type Detach,
  type DeviceRecord,
} from '../store.ts'

/** Who reads which mailbox, and where: devices, transient readers, leases. */
export class RedisReaders {
  readonly #acts: Acts
  readonly #servers: RedisServers
  readonly #commits: RedisCommits
  readonly #clock: RedisClock
  readonly #devicesPerUserMax: number

  constructor(
    acts: Acts,
    servers: RedisServers,
    commits: RedisCommits,
    clock: RedisClock,
    devicesPerUserMax: number,
  ) {
    this.#acts = acts
    this.#servers = servers
    this.#commits = commits
    this.#clock = clock
    this.#devicesPerUserMax = devicesPerUserMax
  }

  async attach(item: Attach): Promise<AttachOutcome> {
    return item.mailbox.startsWith('p/') ? this.#lease(item) : this.#attachDevice(item)
  }

  async #attachDevice(item: Attach): Promise<AttachOutcome> {
    const place = devicePlace(item.mailbox)
    const reply = listOf(
      await this.#acts.run({
        ...place,
        script: ATTACH_SCRIPT,
        args: [
          item.reader,
          item.node,
          item.transient ? 1 : 0,
          item.tokenIssuedAtMs ?? '',
          this.#devicesPerUserMax,
          this.#servers.epochFloor(place.slot),
          this.#clock.now(),
        ],
      }),
    )
    const outcome = textOf(reply[0])
    switch (outcome) {
      case 'too-many-devices':
      case 'removed':
      case 'registered':
      case 'locked':
      case 'token-ended':
        return { outcome }
    }
    return this.#attached(reply, 0)
  }

  /** Takes over what the last owner has left pending or owed before the new one may read anything. */
  async #lease(item: Attach): Promise<AttachOutcome> {
    const partition = Number(item.mailbox.slice(2))
    const { slot, keys } = partitionPlace(partition)
    const args = [item.node, item.ttlMs, this.#servers.epochFloor(slot)]
    const place = { slot, keys: [...keys, owedKey(partition)] }
    const reply = listOf(await this.#acts.run({ ...place, script: LEASE_SCRIPT, args }))
    if (textOf(reply[0]) === 'leased') return { outcome: 'leased', node: textOf(reply[1]) }
    const outcome = this.#attached(reply, numberOf(reply[7]))
    const left = { isPending: reply[8] === 1, isOwed: reply[9] === 1 }
    if (!(await this.#commits.inherit(partition, outcome.epoch, left))) {
      throw storeUnavailable('gave the lease to another before the pending commit was finished')
    }
    return outcome
  }

  #attached(reply: readonly Reply[], takeovers: number): AttachOutcome & { outcome: 'attached' } {
    const [epoch, cursor, head, droppedUpTo] = reply.slice(1, 5).map(numberOf) as [
      number,
      number,
      number,
      number,
    ]
    this.#servers.noteEpoch(epoch)
    const isNew = reply[6] === 1
    const previous = bytesOf(reply[5]).length === 0 ? {} : { previousNode: textOf(reply[5]) }
    return { outcome: 'attached', epoch, cursor, head, droppedUpTo, ...previous, isNew, takeovers }
  }

  async detach({ mailbox, reader, node, epoch, transient }: Detach): Promise<void> {
    const place = metaPlace(mailbox)
    if (transient) {
      await this.#acts.run({ ...place, script: DETACH_TRANSIENT_SCRIPT, args: [reader, node] })
    } else {
      const field = mailbox.startsWith('p/') ? 'lease' : `r:${reader}`
      await this.#acts.run({ ...place, script: DETACH_SCRIPT, args: [field, epoch], epoch })
    }
  }

  async devices(user: string): Promise<DeviceRecord[]> {
    const act = { ...metaPlace(userMailbox(user)), script: DEVICES_SCRIPT, args: [] }
    const [head, ...list] = listOf(await this.#acts.run(act))
    const records: DeviceRecord[] = []
    for (let i = 0; i < list.length; i += 4) {
      const cursor = numberOf(list[i + 3])
      const isTransient = cursor < 0
      records.push({
        device: textOf(list[i]),
        linkedAtMs: numberOf(list[i + 1]),
        node: textOf(list[i + 2]),
        waiting: isTransient ? 0 : numberOf(head) - cursor,
        isTransient,
      })
    }
    return records.toSorted(
      (a, b) => Number(a.isTransient) - Number(b.isTransient) || a.linkedAtMs - b.linkedAtMs,
    )
  }

  async removeDevice(user: string, device: string, removedAtMs: number): Promise<string | undefined> {
    const place = devicePlace(userMailbox(user))
    const reply = await this.#acts.run({
      ...place,
      script: REMOVE_DEVICE_SCRIPT,
      args: [device, removedAtMs],
    })
    return reply === 0 ? undefined : textOf(reply)
  }

  async bar(user: string, { isLocked, tokensUpToMs }: Bar): Promise<readonly string[]> {
    const place = barPlace(userMailbox(user))
    const locked = isLocked === undefined ? '' : isLocked ? 1 : 0
    const act = { ...place, script: BAR_SCRIPT, args: [locked, tokensUpToMs ?? ''] }
    const nodes = textOf(await this.#acts.run(act))
    return nodes === '' ? [] : nodes.split(' ')
  }

  async barred(
    user: string,
    tokenIssuedAtMs: number | undefined,
  ): Promise<'locked' | 'token-ended' | undefined> {
    const { slot, keys } = barPlace(userMailbox(user))
    const act = { slot, keys: [keys[1] as string], script: BARRED_SCRIPT, args: [tokenIssuedAtMs ?? ''] }
    const reply = textOf(await this.#acts.run(act))
    return reply === 'locked' || reply === 'token-ended' ? reply : undefined
  }
}
