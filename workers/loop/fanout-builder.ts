import { encodeDown } from '../../proto/codec.ts'
import { errorCode } from '../../proto/errors.ts'
import type { Commit, Delivery, Fanout } from '../../proto/server-codec.ts'
import type { AcceptedFacts, Posting, RejectedPosting } from '../chat/posting.ts'
import type { Audience, ChatState } from '../chat/state.ts'
import type { Partition } from './partition.ts'

/** Answers are asked for again when they do not come, so they need not wait for a device that is away for long. */
const ANSWER_TTL_S = 600

/** Of a StatePut beside its value, about. */
const PUT_BYTES = 32
/** A frame that holds so many bytes, or goes to so many mailboxes, is full: what follows goes in another. */
export const FANOUT_BYTES_MAX = 16 * 1024 * 1024
const APPENDS_MAX = 10_000
/** Or so many bytes in all those mailboxes together. */
const MAILBOX_BYTES_MAX = 4 * 1024 * 1024

/** Messages of a chat share an entry up to so many bytes: far below a frame, so that lanes can still cut where they like. */
const SHARED_BYTES_MAX = 4 * 1024

/** One Fanout frame: commits in order, audiences shared by all of them. */
export class FanoutBuilder {
  readonly #commits: Commit[] = []
  readonly #partitions: Partition[] = []
  readonly #audiences: { users: string[]; strangers: number[] }[] = []
  readonly #audienceIndex = new Map<Audience, number>()
  readonly #ephemeral: Delivery[] = []
  #bytes = 0
  #appends = 0
  #mailboxBytes = 0
  #next: FanoutBuilder | undefined

  /** No further entry should be applied for this frame: it is large, or takes the store long. */
  get isFull(): boolean {
    return (
      this.#bytes > FANOUT_BYTES_MAX || this.#appends > APPENDS_MAX || this.#mailboxBytes > MAILBOX_BYTES_MAX
    )
  }
  /** The frame that follows it, if there is one. */
  get next(): FanoutBuilder | undefined {
    return this.#next
  }
  /** This frame, or if it is full the one that follows it from now on. */
  withRoom(): FanoutBuilder {
    if (!this.isFull) return this
    this.#next = new FanoutBuilder()
    return this.#next
  }
  get isEmpty(): boolean {
    return this.#commits.length === 0 && this.#ephemeral.length === 0
  }
  /** The partitions with a commit in it. None: what it holds is live only. */
  get partitions(): readonly Partition[] {
    return this.#partitions
  }

  addCommit(commit: Commit, partition: Partition): void {
    this.#commits.push(commit)
    this.#partitions.push(partition)
    for (const { value } of commit.puts ?? []) this.#bytes += PUT_BYTES + (value?.length ?? 0)
  }

  addEphemeral(audience: Audience, exceptUser: string, exceptDevice: string, entry: Uint8Array): void {
    this.#ephemeral.push({ audience: this.audience(audience), exceptUser, exceptDevice, entry })
    this.count(entry.length)
  }

  /** @returns what stands in Delivery.audience */
  audience(audience: Audience): number {
    let index = this.#audienceIndex.get(audience)
    if (index === undefined) {
      // The encoder only reads them.
      this.#audiences.push({ users: audience.users as string[], strangers: audience.strangers as number[] })
      index = this.#audiences.length
      this.#audienceIndex.set(audience, index)
      for (const user of audience.users) this.#bytes += user.length
    }
    return index
  }

  count(bytes: number, appends = 1): void {
    this.#bytes += bytes
    this.#appends += appends
    this.#mailboxBytes += bytes * appends
  }

  finish(): Fanout {
    return { commits: this.#commits, audiences: this.#audiences, ephemeral: this.#ephemeral }
  }
}

/** Consecutive messages of a chat that go to the same devices: one entry. */
interface MessageRun {
  readonly kind: 'messages'
  readonly audience: Audience
  readonly exceptUser: string
  readonly exceptDevice: string
  readonly ttlS: number
  readonly entries: Uint8Array[]
  bytes: number
}

interface AcceptedRun {
  readonly kind: 'accepted'
  readonly user: string
  readonly device: string
  readonly clientSeq: number
  readonly seq: number
  readonly facts: AcceptedFacts | undefined
  more: number
}

type PostingOf<Kind extends Posting['kind']> = Extract<Posting, { readonly kind: Kind }>

interface ReceiptSlot {
  readonly kind: 'receipt'
  readonly user: string
  readonly chat: ChatState
  readonly letter: 'd' | 'r' | 'o'
  readonly seq: number
  readonly exceptDevice: string
  /** A later receipt of the batch replaced it. */
  isReplaced: boolean
}

/** What the next entries of a chat may still join. */
interface OpenRuns {
  messages?: MessageRun
  accepted?: AcceptedRun
}

/**
 * The deliveries of one commit: few, since each is an entry in the mailbox of everybody it goes to. Consecutive
 * messages of a chat share one, so do consecutive Accepted of a device in a chat, and of the receipts of one kind, chat
 * and user only the last is delivered.
 *
 * What joins an earlier delivery takes its place. So that nobody gets a chat in another order than it has (G3), it joins
 * only what nothing of that chat stands behind for the same device.
 */
export class DeliveryList {
  readonly #frame: FanoutBuilder
  readonly #items: (Delivery | MessageRun | AcceptedRun | ReceiptSlot)[] = []
  readonly #open = new Map<ChatState, OpenRuns>()
  readonly #lastReceipt = new Map<string, ReceiptSlot>()

  constructor(frame: FanoutBuilder) {
    this.#frame = frame
  }

  add(posting: Posting): void {
    switch (posting.kind) {
      case 'accepted':
        return this.#addAccepted(posting)
      case 'rejected':
        return this.#addAnswer(posting.user, posting.device, rejectedEntry(posting))
      case 'answer':
        if (posting.chat) this.#open.delete(posting.chat)
        return this.#addAnswer(posting.user, posting.device, posting.entry, ANSWER_TTL_S)
      case 'shared':
        return this.#addMessage(posting)
      case 'receipt':
        return this.#addReceipt(posting.mark === 'read' ? 'r' : 'd', posting, '')
      case 'own-read':
        return this.#addReceipt('o', posting, posting.exceptDevice)
      case 'typing':
        return this.#frame.addEphemeral(
          posting.audience,
          posting.exceptUser,
          posting.exceptDevice,
          posting.entry,
        )
    }
  }

  finish(): Delivery[] {
    const deliveries: Delivery[] = []
    for (const item of this.#items) {
      if (!('kind' in item)) deliveries.push(item)
      else if (item.kind === 'messages') deliveries.push(this.#messageDelivery(item))
      else if (item.kind === 'accepted') deliveries.push(acceptedDelivery(item))
      else if (!item.isReplaced) deliveries.push(receiptDelivery(item))
    }
    return deliveries
  }

  #addMessage({ chat, audience, exceptUser, exceptDevice, entry, ttlS }: PostingOf<'shared'>): void {
    const open = this.#openOf(chat)
    const { messages: last, accepted } = open
    // It stands behind what others have been told of their own.
    if (accepted && !(accepted.user === exceptUser && accepted.device === exceptDevice)) delete open.accepted
    if (
      last !== undefined &&
      last.audience === audience &&
      last.exceptDevice === exceptDevice &&
      last.exceptUser === exceptUser &&
      last.ttlS === ttlS &&
      last.bytes + entry.length <= SHARED_BYTES_MAX
    ) {
      last.entries.push(entry)
      last.bytes += entry.length
      return this.#frame.count(entry.length, 0)
    }
    const bytes = entry.length
    const to = { audience, exceptUser, exceptDevice, ttlS }
    const run: MessageRun = { kind: 'messages', ...to, entries: [entry], bytes }
    open.messages = run
    this.#items.push(run)
    this.#frame.count(bytes, audience.users.length)
  }

  #messageDelivery({ audience, exceptUser, exceptDevice, ttlS, entries, bytes }: MessageRun): Delivery {
    const [first] = entries as [Uint8Array]
    const entry = entries.length === 1 ? first : Buffer.concat(entries, bytes)
    return { audience: this.#frame.audience(audience), exceptUser, exceptDevice, entry, ttlS }
  }

  #addAccepted({ chat, user, device, clientSeq, seq, facts }: PostingOf<'accepted'>): void {
    const open = this.#openOf(chat)
    const last = open.accepted
    if (
      last !== undefined &&
      last.user === user &&
      last.device === device &&
      !saysMore(facts) &&
      !last.facts?.atS &&
      clientSeq === last.clientSeq + last.more + 1 &&
      seq === last.seq + last.more + 1
    ) {
      last.more++
      return
    }
    open.accepted = { kind: 'accepted', user, device, clientSeq, seq, facts, more: 0 }
    this.#items.push(open.accepted)
  }

  #openOf(chat: ChatState): OpenRuns {
    let open = this.#open.get(chat)
    if (open === undefined) this.#open.set(chat, (open = {}))
    return open
  }

  #addReceipt(
    letter: ReceiptSlot['letter'],
    { user, chat, seq }: { readonly user: string; readonly chat: ChatState; readonly seq: number },
    exceptDevice: string,
  ): void {
    const slot: ReceiptSlot = { kind: 'receipt', user, chat, letter, seq, exceptDevice, isReplaced: false }
    const key = letter + chat.key + user
    const last = this.#lastReceipt.get(key)
    if (last !== undefined) last.isReplaced = true
    this.#lastReceipt.set(key, slot)
    this.#items.push(slot)
  }

  #addAnswer(user: string, device: string, entry: Uint8Array, ttlS = 0): void {
    this.#items.push({ user, only: device, entry, ttlS })
    this.#frame.count(entry.length)
  }
}

/** What an Accepted says of its first send alone, so that it begins a run. */
function saysMore(facts: AcceptedFacts | undefined): boolean {
  return facts !== undefined && (facts.atS > 0 || facts.briefBefore > 0)
}

function acceptedDelivery({ user, device, clientSeq, seq, more, facts }: AcceptedRun): Delivery {
  return { user, only: device, entry: encodeDown({ accepted: [{ clientSeq, seq, more, ...facts }] }) }
}

function receiptDelivery({ user, chat, letter, seq, exceptDevice }: ReceiptSlot): Delivery {
  const receipt =
    letter === 'd'
      ? { chat: chat.bytes, delivered: seq }
      : letter === 'r'
        ? { chat: chat.bytes, read: seq }
        : { chat: chat.bytes, ownRead: seq }
  const key = Buffer.from(letter + chat.key, 'latin1')
  const delivery = { user, entry: encodeDown({ receipts: [receipt] }), key, version: seq }
  return exceptDevice === '' ? delivery : { ...delivery, exceptUser: user, exceptDevice }
}

function rejectedEntry({ code, clientSeq, retryAfterS, chat, request }: RejectedPosting): Uint8Array {
  return encodeDown({
    rejected: [
      {
        clientSeq,
        code: errorCode(code),
        retryAfterS,
        ...(chat !== undefined && { chat }),
        ...(request !== undefined && { request }),
      },
    ],
  })
}
