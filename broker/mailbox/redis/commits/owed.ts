import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../../../../kit/log.ts'
import type { MailboxRecords, RedisAppends } from '../append.ts'
import type { Acts } from '../batches.ts'
import { storeUnavailable } from '../client.ts'
import { owedKey, partitionPlace } from '../keys.ts'
import { OWE_SCRIPT, OWED_SCRIPT, RENUMBER_OWED_SCRIPT, SETTLED_SCRIPT } from '../lua/owed.ts'
import { bytesOf, listOf, numberOf, textOf } from '../script.ts'
import { partitionMailbox, type MailboxId } from '../../store.ts'
import { add, debtOf, pack, remove, unpack, type Debt, type Ledger } from './ledger.ts'

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

  /** Whether an entry of the partition for this mailbox has to wait: behind what it is owed, wherever it is by now. */
  mustWait(partition: number, mailbox: MailboxId): boolean {
    if (this.#ledgers.get(partition)?.debts.has(mailbox) === true) return true
    if (this.#away.size === 0) return false
    const server = this.#parts.serverOf(mailbox)
    return server !== this.#homeOf(partition) && this.#away.has(server)
  }

  /**
   * The pending commit is done but for these appends. @param groups as they are to be appended
   * @throws StoreUnavailable if that would be too much, or the partition is another's now: the commit stays pending
   */
  async owe(partition: number, epoch: number, id: number, groups: readonly MailboxRecords[]): Promise<void> {
    let ledger = this.#ledgerOf(partition, epoch)
    // What the store has taken of the last one stands there.
    if (ledger.isOver && (await this.load(partition, epoch))) ledger = this.#ledgerOf(partition, epoch)
    if (ledger.isOver || ledger.epoch > epoch) throw handedOn()
    for (const { mailbox } of groups)
      if (!ledger.debts.has(mailbox)) this.#away.add(this.#parts.serverOf(mailbox))
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
    throw reply instanceof Error ? reply : handedOn()
  }

  /** A partition is ours from now on, with what it owes. @returns false if the epoch is not its latest */
  async load(partition: number, epoch: number): Promise<boolean> {
    const owed = await this.#ask(partition, epoch, true)
    if (owed === undefined) return false
    this.#ledgers.delete(partition)
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

  #homeOf(partition: number): string {
    return this.#parts.serverOf(partitionMailbox(partition))
  }

  /** That of a later lease stays: a commit of an earlier one may come to its end behind it. */
  #ledgerOf(partition: number, epoch: number): Ledger {
    const known = this.#ledgers.get(partition)
    if (known !== undefined && known.epoch >= epoch) return known
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

  /**
   * Makes what is owed to mailboxes of one server, a commit's entries of each at a time. Partitions whose own server does
   * not answer wait for that, and hold up no others. @throws if it is still away
   */
  async #settleAt(server: string): Promise<void> {
    const homesAway = new Set<string>()
    let hasSettled = false
    try {
      for (;;) {
        const round = this.#roundAt(server, homesAway)
        if (round.length === 0) break
        const results = await Promise.allSettled(round.map((own) => this.#settleOf(...own)))
        results.forEach((result, i) => {
          const [partition] = round[i] as [number, MailboxId[]]
          if (result.status === 'fulfilled' && !result.value) homesAway.add(this.#homeOf(partition))
        })
        hasSettled ||= results.some((result) => result.status === 'fulfilled' && result.value)
        const failed = results.find((result) => result.status === 'rejected')
        if (failed !== undefined) throw failed.reason as Error
        if (hasSettled) this.#away.delete(server)
      }
      this.#away.delete(server)
    } finally {
      if (hasSettled) this.#parts.onSettled()
    }
  }

  /** Of a server that is away one mailbox only, to see whether it is back. */
  #roundAt(server: string, homesAway: ReadonlySet<string>): [partition: number, mailboxes: MailboxId[]][] {
    let left = this.#away.has(server) ? 1 : ROUND_MAILBOXES_MAX
    const round: [number, MailboxId[]][] = []
    for (const [partition, { debts, isOver }] of this.#ledgers) {
      if (isOver || homesAway.has(this.#homeOf(partition))) continue
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

  /**
   * The oldest of what a partition owes to each of these.
   * @returns false if the partition's own server does not answer @throws StoreUnavailable if that of the mailboxes does not
   */
  async #settleOf(partition: number, mailboxes: readonly MailboxId[]): Promise<boolean> {
    const ledger = this.#ledgers.get(partition)
    if (ledger === undefined) return true
    const owned = await this.#ask(partition, ledger.epoch, false).catch(() => null)
    if (owned === null) return false
    if (owned === undefined) {
      if (this.#ledgers.get(partition) === ledger) this.#ledgers.delete(partition)
      this.#tell()
      return true
    }
    const notAfterMs = numberOf(owned[0]) + APPENDS_MS_MAX
    const made = await Promise.all(
      mailboxes.map(async (mailbox) => ({
        mailbox,
        debt: await this.#makeOldest(partition, ledger, mailbox, notAfterMs),
      })),
    )
    const settled = made.filter(({ debt }) => debt !== 'again' && debt !== 'home-away')
    const args = settled.map(({ mailbox, debt }) => `${(debt as Debt).id} ${mailbox}`)
    const { slot } = partitionPlace(partition)
    const act = { slot, keys: [owedKey(partition)], script: SETTLED_SCRIPT, args }
    const reply = args.length === 0 ? 1 : await this.#parts.acts.run(act).catch(() => null)
    if (reply === null) return false
    for (const { mailbox, debt } of settled) remove(ledger, mailbox, debt as Debt)
    this.#tell()
    return made.every(({ debt }) => debt !== 'home-away')
  }

  /** @returns what the mailbox has now; 'again' if it is owed under other ids from now on; 'home-away' if nobody knows */
  async #makeOldest(
    partition: number,
    ledger: Ledger,
    mailbox: MailboxId,
    notAfterMs: number,
  ): Promise<Debt | 'again' | 'home-away'> {
    const debts = ledger.debts.get(mailbox)
    const debt = debts?.[0]
    if (debts === undefined || debt === undefined) return 'again'
    const group = { mailbox, records: debt.records, items: debt.records.map((_, i) => i) }
    const fence = { partition, commitId: debt.id, notAfterMs }
    const { behind, highestId } = await this.#parts.appends.append([group], fence)
    if (behind.length === 0) return debt
    const ids = debts.filter(({ isKept }) => isKept).map(({ id }) => id)
    const { slot, keys } = partitionPlace(partition)
    const args = [mailbox, highestId, ...ids]
    const place = { slot, keys: [owedKey(partition), keys[0] as string] }
    const reply = await this.#parts.acts
      .run({ ...place, script: RENUMBER_OWED_SCRIPT, args })
      .catch(() => 'home-away' as const)
    if (reply === 'home-away') return reply
    // Somebody else has settled it.
    if (reply === 0) return debt
    const renumbered = new Map(listOf(reply).map((id, i) => [ids[i], numberOf(id)]))
    for (const [i, each] of debts.entries()) {
      const id = renumbered.get(each.id)
      if (id !== undefined) debts[i] = { ...each, id }
    }
    return 'again'
  }

  #tell(): void {
    let entries = 0
    for (const ledger of this.#ledgers.values()) if (!ledger.isOver) entries += ledger.entries
    this.#parts.onOwed(entries)
  }
}

function handedOn(): Error {
  return storeUnavailable('gave the partition to another before a commit was done')
}
