import { answerBy } from '../mailbox/answer.ts'
import type { Append, AppendOutcome, MailboxId } from '../mailbox/store.ts'

/** Who waits for an append. */
export interface Sender {
  readonly user: string
  readonly isClosed: boolean
}

/** Between two tries to get into full partitions. */
const RETRY_MS = 200
/** Appends of one try. */
const TRY_MAX = 1_000

interface Held {
  readonly sender: Sender
  /** What is not stored yet, in order; all for one mailbox. */
  items: readonly Append[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Appends that a full partition did not take, and with them the PUBACKs and the connections' next publishes (G2, G8).
 * Room goes to the users with the least waiting first: who floods a partition waits for those who don't.
 */
export class HeldAppends {
  readonly #append: (items: readonly Append[]) => Promise<AppendOutcome[]>
  readonly #waiting = new Map<MailboxId, Held[]>()
  readonly #armed = new Set<MailboxId>()

  /** @param append stores, and passes on what is stored */
  constructor(append: (items: readonly Append[]) => Promise<AppendOutcome[]>) {
    this.#append = append
  }

  /** Whether the mailbox is full as far as is known: then nothing may pass by those who wait. */
  isHolding(mailbox: MailboxId): boolean {
    return this.#waiting.has(mailbox)
  }

  /** Resolves when all is stored. @throws StoreUnavailable, ConnectionClosed: not all is stored */
  hold(mailbox: MailboxId, items: readonly Append[], sender: Sender): Promise<void> {
    return new Promise((resolve, reject) => {
      const held = { sender, items, resolve, reject }
      const waiting = this.#waiting.get(mailbox)
      if (waiting === undefined) this.#waiting.set(mailbox, [held])
      else waiting.push(held)
      this.#arm(mailbox)
    })
  }

  /** Each mailbox by itself: the store of one may be slow. */
  #arm(mailbox: MailboxId): void {
    if (this.#armed.has(mailbox)) return
    this.#armed.add(mailbox)
    setTimeout(() => {
      void this.#try(mailbox).finally(() => {
        this.#armed.delete(mailbox)
        if (this.#waiting.has(mailbox)) this.#arm(mailbox)
      })
    }, RETRY_MS)
  }

  async #try(mailbox: MailboxId): Promise<void> {
    const tried = byShare((this.#waiting.get(mailbox) ?? []).filter(stillThere))
    this.#waiting.set(mailbox, [...tried]) // what comes meanwhile is put behind
    const items = tried.flatMap((held) => held.items).slice(0, TRY_MAX)
    let left: readonly Held[] = []
    try {
      if (items.length > 0) left = settle(tried, await answerBy(() => this.#append(items)))
    } catch (error) {
      for (const held of tried) held.reject(error)
    }
    const came = (this.#waiting.get(mailbox) as Held[]).slice(tried.length)
    if (left.length + came.length > 0) this.#waiting.set(mailbox, [...left, ...came])
    else this.#waiting.delete(mailbox)
  }
}

function stillThere({ sender, reject }: Held): boolean {
  if (sender.isClosed) reject(new ConnectionClosed('closed while a full partition held the publish back'))
  return !sender.isClosed
}

/** Users with the least waiting first; one user's in the order of arrival. */
function byShare(waiting: readonly Held[]): Held[] {
  const shares = new Map<string, number>()
  for (const { sender, items } of waiting)
    shares.set(sender.user, (shares.get(sender.user) ?? 0) + items.length)
  const shareOf = ({ sender }: Held): number => shares.get(sender.user) as number
  return waiting.toSorted((a, b) => shareOf(a) - shareOf(b))
}

/** Resolves those of whom everything is stored. @returns the others */
function settle(tried: readonly Held[], outcomes: readonly AppendOutcome[]): Held[] {
  let at = 0
  return tried.filter((held) => {
    const mine = outcomes.slice(at, at + held.items.length)
    at += held.items.length
    held.items = held.items.slice(mine.filter(({ outcome }) => outcome !== 'full').length)
    if (held.items.length === 0) held.resolve()
    return held.items.length > 0
  })
}

/** The connection went away before everything was stored: what is not must not be acknowledged. */
class ConnectionClosed extends Error {
  override readonly name = 'ConnectionClosed'
}
