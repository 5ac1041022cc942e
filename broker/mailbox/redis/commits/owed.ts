import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../../../../kit/log.ts'
import type { MailboxRecords, RedisAppends } from '../append.ts'
import type { Acts } from '../batches.ts'
import { storeUnavailable } from '../client.ts'
import { owedKey, partitionPlace } from '../keys.ts'
import { OWE_SCRIPT, OWED_SCRIPT, RENUMBER_OWED_SCRIPT, SETTLED_SCRIPT } from '../lua/owed.ts'
import { bytesOf, listOf, numberOf, textOf } from '../script.ts'
import type { MailboxId } from '../../store.ts'
import { add, debtOf, pack, remove, unpack, type Ledger } from './ledger.ts'

/** What a partition owes at most. A commit that would owe more waits, and its partition with it. */
export const OWED_ENTRIES_MAX = 10_000
const OWED_BYTES_MAX = 4 * 1024 * 1024
/** How long after it was asked whose the partition is an append of it may still be made: as for a pending commit. */
export const APPENDS_MS_MAX = 60_000
/** Between two tries at a server that is away. */
const RETRY_MS = 500
/** Mailboxes whose entries are made at once. */
const ROUND_MAILBOXES_MAX = 1_000

export interface OwedParts {
  readonly acts: Acts
  readonly appends: RedisAppends
  /** The server that a mailbox is on now. */
  readonly serverOf: (mailbox: MailboxId) => string
  readonly log: Log
  /** How many entries are owed now, of the partitions that are ours. */
  readonly onOwed: (entries: number) => void
  /** Entries that were owed are in their mailboxes, and nobody was told. */
  readonly onSettled: () => void
}

/**
 * Entries of commits that were decided while their mailboxes' server was away: they stand in the partition's slot, so that
 * its next commits need not wait, and are made in order when the server is back (ADR 0013). Whatever comes for such a
 * mailbox meanwhile is owed behind them. The next owner of the partition finds all of it.
 */
export class RedisOwed {
  readonly #parts: OwedParts
  readonly #ledgers = new Map<number, Ledger>()
  /** Servers that did not answer, until they do. */
  readonly #away = new Set<string>()
  #isSettling = false
  #isClosed = false

  constructor(parts: OwedParts) {
    this.#parts = parts
  }

  /** Whether an entry of the partition for this mailbox has to wait. */
  mustWait(partition: number, mailbox: MailboxId): boolean {
    if (this.#ledgers.get(partition)?.debts.has(mailbox) === true) return true
    return this.#away.size > 0 && this.#away.has(this.#parts.serverOf(mailbox))
  }

  /**
   * The pending commit is done but for these appends. @param groups as they are to be appended
   * @throws StoreUnavailable if that would be too much, or the partition is another's now: the commit stays pending
   */
  async owe(partition: number, epoch: number, id: number, groups: readonly MailboxRecords[]): Promise<void> {
    for (const { mailbox } of groups) this.#away.add(this.#parts.serverOf(mailbox))
    const ledger = this.#ledgerOf(partition, epoch)
    const debts = groups.map(({ mailbox, records }) => ({ mailbox, debt: debtOf(id, records) }))
    const entries = debts.reduce((sum, { debt }) => sum + debt.records.length, ledger.entries)
    const bytes = debts.reduce((sum, { debt }) => sum + debt.bytes, ledger.bytes)
    this.#settleSoon()
    if (entries > OWED_ENTRIES_MAX || bytes > OWED_BYTES_MAX)
      throw storeUnavailable('owes too much to mailboxes whose server is away')
    // From here on, for what is decided next may be on its way before this is answered.
    for (const { mailbox, debt } of debts) add(ledger, mailbox, debt)
    this.#tell()
    const { slot, keys } = partitionPlace(partition)
    const reply = await this.#parts.acts
      .run({
        slot,
        keys: [keys[0] as string, keys[3] as string, owedKey(partition)],
        script: OWE_SCRIPT,
        args: [
          epoch,
          String(id),
          ...debts.flatMap(({ mailbox, debt }) => [`${id} ${mailbox}`, pack(debt.records)]),
        ],
        weight: debts.length,
        epoch,
      })
      .catch((error: Error) => error)
    if (reply === 1) {
      for (const { debt } of debts) debt.isKept = true
      return
    }
    ledger.isOver = true
    this.#tell()
    throw reply instanceof Error
      ? reply
      : storeUnavailable('gave the partition to another before a commit was done')
  }

  /** A partition is ours from now on, with what it owes. @returns false if the epoch is not its latest */
  async load(partition: number, epoch: number): Promise<boolean> {
    this.#ledgers.delete(partition)
    const owed = await this.#ask(partition, epoch, true)
    if (owed === undefined) return false
    const ledger = this.#ledgerOf(partition, epoch)
    const debts = []
    for (let i = 1; i < owed.length; i += 2) {
      const [id = '', mailbox = ''] = textOf(owed[i]).split(' ')
      debts.push({ mailbox, debt: debtOf(Number(id), unpack(bytesOf(owed[i + 1])), true) })
    }
    for (const { mailbox, debt } of debts.toSorted((a, b) => a.debt.id - b.debt.id))
      add(ledger, mailbox, debt)
    this.#tell()
    this.#settleSoon()
    return true
  }

  /** A partition owes nothing, whatever an earlier lease of ours says. */
  forget(partition: number): void {
    if (this.#ledgers.delete(partition)) this.#tell()
  }

  close(): void {
    this.#isClosed = true
  }

  #ledgerOf(partition: number, epoch: number): Ledger {
    const known = this.#ledgers.get(partition)
    if (known?.epoch === epoch) return known
    const ledger: Ledger = { epoch, debts: new Map(), entries: 0, bytes: 0, isOver: false }
    this.#ledgers.set(partition, ledger)
    return ledger
  }

  /** @returns the server's time and, if wanted, what is owed; undefined if the epoch is not the partition's latest */
  async #ask(
    partition: number,
    epoch: number,
    isWanted: boolean,
  ): Promise<ReturnType<typeof listOf> | undefined> {
    const { slot, keys } = partitionPlace(partition)
    const reply = await this.#parts.acts.run({
      slot,
      keys: [keys[0] as string, owedKey(partition)],
      script: OWED_SCRIPT,
      args: [epoch, isWanted ? '1' : '0'],
      epoch,
    })
    return reply === null || reply === 0 ? undefined : listOf(reply)
  }

  #settleSoon(): void {
    if (this.#isSettling || this.#isClosed) return
    this.#isSettling = true
    void this.#settle().finally(() => {
      this.#isSettling = false
    })
  }

  /** Until nothing is owed any more. Servers do not wait for each other. Never rejects. */
  async #settle(): Promise<void> {
    const busy = new Set<string>()
    for (;;) {
      const servers = new Set([...this.#away, ...this.#creditors()])
      if (this.#isClosed || servers.size === 0) return
      for (const server of servers) {
        if (busy.has(server)) continue
        busy.add(server)
        void this.#settleAt(server)
          .catch((error: unknown) => this.#parts.log.debug({ err: error, server }, 'store.still-owed'))
          .finally(() => busy.delete(server))
      }
      await delay(RETRY_MS, undefined, { ref: false })
    }
  }

  #creditors(): Set<string> {
    const servers = new Set<string>()
    for (const { debts, isOver } of this.#ledgers.values())
      if (!isOver) for (const mailbox of debts.keys()) servers.add(this.#parts.serverOf(mailbox))
    return servers
  }

  /** Makes what is owed to mailboxes of one server, a commit's entries of each at a time. @throws if it is still away */
  async #settleAt(server: string): Promise<void> {
    let hasSettled = false
    for (;;) {
      const round = this.#roundAt(server)
      if (round.length === 0) break
      await Promise.all(round.map(([partition, mailboxes]) => this.#settleOf(partition, mailboxes)))
      hasSettled = true
      this.#away.delete(server)
    }
    this.#away.delete(server)
    if (hasSettled) this.#parts.onSettled()
  }

  /** Of a server that is away one mailbox only, to see whether it is back. */
  #roundAt(server: string): [partition: number, mailboxes: MailboxId[]][] {
    let left = this.#away.has(server) ? 1 : ROUND_MAILBOXES_MAX
    const round: [number, MailboxId[]][] = []
    for (const [partition, { debts, isOver }] of this.#ledgers) {
      if (isOver) continue
      const mailboxes: MailboxId[] = []
      for (const [mailbox, [oldest]] of debts) {
        if (left === 0) break
        if (oldest?.isKept !== true || this.#parts.serverOf(mailbox) !== server) continue
        mailboxes.push(mailbox)
        left--
      }
      if (mailboxes.length > 0) round.push([partition, mailboxes])
    }
    return round
  }

  /** The oldest of what a partition owes to each of these. @throws StoreUnavailable */
  async #settleOf(partition: number, mailboxes: readonly MailboxId[]): Promise<void> {
    const ledger = this.#ledgers.get(partition)
    if (ledger === undefined) return
    const owned = await this.#ask(partition, ledger.epoch, false)
    if (owned === undefined) {
      if (this.#ledgers.get(partition) === ledger) this.#ledgers.delete(partition)
      return this.#tell()
    }
    const notAfterMs = numberOf(owned[0]) + APPENDS_MS_MAX
    const { slot, keys } = partitionPlace(partition)
    const made = await Promise.all(
      mailboxes.map(async (mailbox) => {
        const debts = ledger.debts.get(mailbox)
        const debt = debts?.[0]
        if (debts === undefined || debt === undefined) return undefined
        const group = { mailbox, records: debt.records, items: debt.records.map((_, i) => i) }
        const { behind, highestId } = await this.#parts.appends.append([group], {
          partition,
          commitId: debt.id,
          notAfterMs,
        })
        if (behind.length === 0) return { mailbox, debt }
        const args = [`${debt.id} ${mailbox}`, mailbox, highestId]
        const place = { slot, keys: [owedKey(partition), keys[0] as string] }
        const id = numberOf(await this.#parts.acts.run({ ...place, script: RENUMBER_OWED_SCRIPT, args }))
        if (id === 0) return { mailbox, debt }
        debts[0] = { ...debt, id }
        return undefined
      }),
    )
    const settled = made.filter((one) => one !== undefined)
    if (settled.length === 0) return
    const args = settled.map(({ mailbox, debt }) => `${debt.id} ${mailbox}`)
    await this.#parts.acts.run({ slot, keys: [owedKey(partition)], script: SETTLED_SCRIPT, args })
    for (const { mailbox, debt } of settled) remove(ledger, mailbox, debt)
    this.#tell()
  }

  #tell(): void {
    let entries = 0
    for (const ledger of this.#ledgers.values()) if (!ledger.isOver) entries += ledger.entries
    this.#parts.onOwed(entries)
  }
}
