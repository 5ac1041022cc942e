import { PARTITIONS } from '../../../proto/limits.ts'
import { slotOf } from './slot.ts'
import { partitionMailbox, type MailboxId } from '../store.ts'

/**
 * The keys of the store, `{tag}` in each: Redis Cluster hashes only what stands in the braces, so that all keys of a
 * mailbox share a slot. No id holds a brace.
 */
export interface Place {
  readonly slot: number
  readonly keys: readonly string[]
}

/** meta, log, keys: what the scripts call a mailbox. */
export function boxPlace(mailbox: MailboxId): Place {
  return { slot: slotOf(mailbox), keys: [`{${mailbox}}:meta`, `{${mailbox}}:log`, `{${mailbox}}:keys`] }
}

export function metaPlace(mailbox: MailboxId): Place {
  return { slot: slotOf(mailbox), keys: [`{${mailbox}}:meta`] }
}

/** A mailbox and its user's removed devices. */
export function devicePlace(mailbox: MailboxId): Place {
  const { slot, keys } = boxPlace(mailbox)
  return { slot, keys: [...keys, `{${mailbox}}:removed`] }
}

/** Who may not attach to a mailbox, and who is attached. */
export function barPlace(mailbox: MailboxId): Place {
  const { slot, keys } = devicePlace(mailbox)
  return { slot, keys: [keys[0] as string, keys[3] as string] }
}

/** A partition's mailbox and its pending commit. */
export function partitionPlace(partition: number): Place {
  const { slot, keys } = boxPlace(partitionMailbox(partition))
  return { slot, keys: [...keys, pendingKey(partition)] }
}

export function pendingKey(partition: number): string {
  return `{p/${partition}}:pending`
}

/** What commits of a partition owe to mailboxes whose servers are away. */
export function owedKey(partition: number): string {
  return `{p/${partition}}:owed`
}

export function stateKey(partition: number, chat: string): string {
  return `{p/${partition}}:state:${chat}`
}

/** How far the clock has come by which entries end. */
export const CLOCK_PLACE: Place = { slot: slotOf('clock'), keys: ['{clock}'] }

/** The living nodes. */
export const NODES_PLACE: Place = { slot: slotOf('nodes'), keys: ['{nodes}'] }
/** The same, with the format's number. */
export const ANNOUNCE_PLACE: Place = { slot: NODES_PLACE.slot, keys: ['{nodes}', '{nodes}:format'] }

/** The number of what all keys are written in, and the registry, without which no broker starts. */
export const FORMAT_PLACE: Place = { slot: NODES_PLACE.slot, keys: ['{nodes}:format', '{nodes}'] }

/** A shard of the index of sweeps: its hours, and the mailboxes of one hour. */
export function sweepPlace(shard: number, hour?: number): Place {
  const tag = `sweep/${shard}`
  const hours = `{${tag}}:hours`
  return { slot: slotOf(tag), keys: hour === undefined ? [hours] : [hours, `{${tag}}:${hour}`] }
}

/** Bodies that a partition's commits stored in an hour (Unix ms / 3,600,000): as the index of sweeps calls them. */
export function bodiesName(partition: number, hour: number): string {
  return `b/${partition}/${hour}`
}

/** @returns where the bodies of this name are; undefined if it is the name of a mailbox */
export function bodiesNamed(name: string): Place | undefined {
  const [, partition, hour] = /^b\/(\d+)\/(\d+)$/.exec(name) ?? []
  return hour === undefined ? undefined : bodiesPlace(Number(partition), Number(hour))
}

export function bodiesPlace(partition: number, hour: number): Place {
  const tag = partitionMailbox(partition)
  return { slot: slotOf(tag), keys: [`{${tag}}:bodies:${hour}`] }
}

export const SWEEP_SHARDS = PARTITIONS

export function sweepShardOf(mailbox: MailboxId): number {
  return slotOf(mailbox) % SWEEP_SHARDS
}
