import { SYSTEM_TIME, type TimeSource } from '../../../kit/clock.ts'
import { append } from './acts/append.ts'
import { attach, bar, barOf, removeDevice } from './acts/attach.ts'
import { settledFields } from './chat-state.ts'
import { commit } from './acts/commit.ts'
import { Engine } from './engine.ts'
import { SYSTEM_DISK, type Disk } from './journal/disk.ts'
import { read } from './acts/read.ts'
import { sweep } from './acts/sweep.ts'
import {
  userMailbox,
  type Advance,
  type Append,
  type AppendOutcome,
  type Attach,
  type AttachOutcome,
  type Bar,
  type Commit,
  type CommitOutcome,
  type Detach,
  type DeviceRecord,
  type Look,
  type MailboxId,
  type MailboxLimits,
  type MailboxStore,
  type NodeRecord,
  type ReadResult,
  type Renew,
} from '../store.ts'

export interface LmdbStoreOptions {
  /** Made if missing. The caller holds its lock (directory-lock.ts): it has one owner. */
  readonly directory: string
  readonly limits: MailboxLimits
  readonly time?: TimeSource
  readonly disk?: Disk
  /** Only tests make these small. See JournalSizes and WorkingSet. */
  readonly segmentBytes?: number
  readonly segmentsMax?: number
  readonly mailboxesCachedMax?: number
}

const SIZES = { segmentBytes: 4 * 1024 * 1024, segmentsMax: 3, mailboxesCachedMax: 20_000 }

/**
 * The mailbox store of one process, in a directory.
 *
 * @throws OperationalError data-directory-newer, data-directory-corrupt
 */
export async function openLmdbStore(options: LmdbStoreOptions): Promise<MailboxStore> {
  const { time = SYSTEM_TIME, disk = SYSTEM_DISK } = options
  return new LmdbMailboxStore(await Engine.open({ ...SIZES, ...options, time, disk }))
}

class LmdbMailboxStore implements MailboxStore {
  readonly #engine: Engine

  constructor(engine: Engine) {
    this.#engine = engine
  }

  serverOf(): string {
    return ''
  }

  append(items: readonly Append[]): Promise<AppendOutcome[]> {
    return this.#engine.write((parts) => append(parts, items))
  }

  read(mailbox: MailboxId, after: number, entriesMax: number, bytesMax: number): Promise<ReadResult> {
    return this.#engine.read(({ working, clock }) =>
      read(working.mailbox(mailbox), after, entriesMax, bytesMax, clock.now()),
    )
  }

  async advance(items: readonly Advance[]): Promise<boolean[]> {
    return this.#engine.acknowledge(items)
  }

  attach(items: readonly Attach[]): Promise<AttachOutcome[]> {
    return this.#engine.write((parts) => items.map((item) => attach(parts, item)))
  }

  renew(items: readonly Renew[]): Promise<(number | undefined)[]> {
    return this.#engine.read(({ working, attachments, uptime }) =>
      items.map(({ mailbox, epoch, ttlMs }) => {
        const lease = attachments.lease(mailbox)
        if (lease?.epoch !== epoch) return undefined
        lease.untilMs = uptime() + ttlMs
        return working.mailbox(mailbox).head
      }),
    )
  }

  detach(items: readonly Detach[]): Promise<void> {
    return this.#engine.read(({ attachments }) => {
      for (const { mailbox, reader, node, epoch, transient } of items) {
        if (transient === true) attachments.detachTransient(mailbox, reader, node)
        else attachments.detach(mailbox, reader, { node, epoch })
      }
    })
  }

  commit(wish: Commit): Promise<CommitOutcome> {
    return this.#engine.write((parts) => commit(parts, wish))
  }

  states(partition: number, chats: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>[]> {
    return this.#engine.read(({ working }, tables) =>
      chats.map((chat) => {
        const fields = settledFields(tables, partition, chat)
        working.changedChat(partition, chat)?.applyTo(fields)
        return fields
      }),
    )
  }

  heads(items: readonly Look[]): Promise<(number | undefined)[]> {
    return this.#engine.read(({ working }) =>
      items.map(({ mailbox, owned }) => {
        const { head, readers, barred } = working.mailbox(mailbox)
        if (owned === undefined) return head
        const isOwner = readers.get(owned.reader)?.epoch === owned.epoch && owned.epoch > barred.epoch
        return isOwner ? head : undefined
      }),
    )
  }

  counts(mailboxes: readonly MailboxId[]): Promise<number[]> {
    return this.#engine.read(({ working }) => mailboxes.map((id) => working.mailbox(id).numbers.entries))
  }

  devices(user: string): Promise<DeviceRecord[]> {
    return this.#engine.read(({ working, attachments }) => {
      const mailbox = working.mailbox(userMailbox(user))
      const registered = [...mailbox.readers]
        .toSorted(([, a], [, b]) => a.linkedAtMs - b.linkedAtMs || a.epoch - b.epoch)
        .map(([device, { linkedAtMs, cursor }]) => ({
          device,
          linkedAtMs,
          node: attachments.node(mailbox.id, device) ?? '',
          waiting: mailbox.head - cursor,
          isTransient: false,
        }))
      const transients = attachments
        .transients(mailbox.id)
        .map(({ device, node, atMs }) => ({ device, linkedAtMs: atMs, node, waiting: 0, isTransient: true }))
      return [...registered, ...transients]
    })
  }

  removeDevice(user: string, device: string, removedAtMs: number): Promise<string | undefined> {
    return this.#engine.write((parts) =>
      removeDevice(parts, parts.working.mailbox(userMailbox(user)), device, removedAtMs),
    )
  }

  now(): Promise<number> {
    return this.#engine.read(({ clock }) => clock.now())
  }

  bar(user: string, wish: Bar): Promise<readonly string[]> {
    return this.#engine.write((parts) => bar(parts, parts.working.mailbox(userMailbox(user)), wish))
  }

  barred(user: string, tokenIssuedAtMs: number | undefined): Promise<'locked' | 'token-ended' | undefined> {
    return this.#engine.read(({ working }) => barOf(working.mailbox(userMailbox(user)), tokenIssuedAtMs))
  }

  discard(mailbox: MailboxId, position: number): Promise<boolean> {
    return this.#engine.write(({ working, journal }) => {
      const held = working.mailbox(mailbox)
      if (position < 1 || held.entry(position) === undefined) return false
      journal.discarded(held, position)
      return true
    })
  }

  announce(node: string, workers: readonly string[], ttlMs: number): Promise<NodeRecord[]> {
    return this.#engine.read(({ attachments, uptime }) =>
      attachments.announce(node, workers, uptime() + ttlMs, uptime()),
    )
  }

  withdraw(node: string): Promise<void> {
    return this.#engine.read(({ attachments }) => attachments.withdraw(node))
  }

  sweep(mailboxesMax: number): Promise<number> {
    return this.#engine.write((parts, tables) => sweep(parts, tables.due, mailboxesMax))
  }

  check(): readonly Promise<void>[] {
    return [this.#engine.write(({ journal }) => journal.nothing())]
  }

  close(): Promise<void> {
    return this.#engine.close()
  }
}
