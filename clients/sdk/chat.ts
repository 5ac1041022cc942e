import { encodeUp } from '../../proto/codec.ts'
import type { ChatId } from '../../proto/ids.ts'
import { chatTopic } from '../../proto/topics.ts'
import { commandOf, type Command, type Content } from './command.ts'
import type { LocalChat } from './chats/local-chat.ts'
import { messageOfAnybody, type Message } from './inbox/message.ts'
import type { MessageStream, StreamOptions } from './inbox/message-stream.ts'
import { disappearAfterSAt, presentMembers, userOf } from './chats/roster.ts'
import type { SentMessage } from './outbox/sent-message.ts'
import type { Session } from './session.ts'

/** One chat, direct or group. Its properties are what this device knows; they need no connection. */
export class Chat {
  readonly #session: Session
  readonly #local: LocalChat

  constructor(session: Session, local: LocalChat) {
    this.#session = session
    this.#local = local
  }

  get id(): ChatId {
    return this.#local.id
  }
  /** The highest seq that is known. 0: nothing was sent yet, as far as this device knows. */
  get lastSeq(): number {
    return this.#local.lastSeq
  }
  /**
   * Messages of others that this user has not read, on any device: behind the read mark, as long as this user is in the
   * chat. Changes do not count.
   */
  get unread(): number {
    return this.#local.hasLeft(this.#session.user) ? 0 : this.#local.unread.count
  }
  /** This user has read up to here, on any device. */
  get readUpTo(): number {
    return this.#local.ownRead
  }

  /** Messages disappear so long after they were read, unless they say themselves when; 0: never. */
  get disappearAfterS(): number {
    return disappearAfterSAt(this.#local.roster, Number.POSITIVE_INFINITY)
  }

  /** Every other member has all messages of this user up to here (✓✓), and has read them up to there. */
  get deliveredUpTo(): number {
    return this.#local.delivered
  }
  get readByAllUpTo(): number {
    return this.#local.read
  }

  /**
   * Queues a message; it leaves when there is a connection. Resolves on ✓: the server has it for good. Nobody has to
   * wait for it.
   *
   * @throws RejectedError if it is empty or too large; RestanteError bad-content, ill-formed-text, closed
   */
  send(content: Content): Promise<SentMessage> {
    return unawaited(this.#send(content))
  }

  async #send(content: Content): Promise<SentMessage> {
    const sent = this.#session.send(this.#local, commandOf(content))
    await sent.sent
    return sent
  }

  /**
   * This user has read everything up to `upTo`, by default all that this device has. Stored at once, sent when there
   * is a connection; resolves when the server has it. Nobody has to wait for it.
   */
  markRead(upTo: number = this.#local.sequence.upTo ?? 0): Promise<void> {
    return unawaited(this.#session.readMarks.mark(this.#local, Math.min(upTo, this.#local.lastSeq)))
  }

  /**
   * From now on messages disappear so long after they were read; 0: never. In a group admins only; the first message makes
   * a direct chat. Goes through the outbox; resolves when the server has accepted it. @throws RejectedError
   */
  async setDisappearing(afterS: number): Promise<void> {
    await this.carryOut({ kind: 'set-disappearing', afterS })
  }

  protected async carryOut(command: Command): Promise<void> {
    await this.#session.send(this.#local, command).accepted
  }

  /** Tells the others who are connected, unless this device is not. Repeat it every few seconds while it lasts. */
  typing(isTyping = true): void {
    this.#session.typing(this.id, isTyping)
  }

  /** Who is in it, by joining. Asks the server if this device does not know all. */
  async members(): Promise<readonly ChatMember[]> {
    await this.#session.completeRoster(this.#local)
    return presentMembers(this.#local.roster).map(({ user, isAdmin }) => ({ user, isAdmin }))
  }

  /** Who has one message, and who has read it: k of n. Asks the server. */
  async receipts(seq: number): Promise<MessageReceipts> {
    await this.#session.completeRoster(this.#local)
    const { receipts } = await this.#session.ask({
      topic: chatTopic(this.id),
      encode: (request) => encodeUp({ query: { request, receipts: { seq } } }),
    })
    const nameOf = (number: number): string => userOf(this.#local.roster, number)
    return {
      others: receipts?.others ?? 0,
      delivered: receipts?.delivered ?? 0,
      read: receipts?.read ?? 0,
      deliveredTo: (receipts?.deliveredTo ?? []).map(nameOf),
      readBy: (receipts?.readBy ?? []).map(nameOf),
    }
  }

  /** Messages of this chat as they come. See Client.messages. */
  messages(options: StreamOptions = {}): MessageStream {
    return this.#session.inbox.stream(this.id, options)
  }

  /** The newest `limit` messages in the local store before that seq, own ones and changes included; by seq. */
  async history(options: { readonly before?: number; readonly limit?: number } = {}): Promise<Message[]> {
    const { before = Number.MAX_SAFE_INTEGER, limit = HISTORY_PAGE } = options
    const stored = await this.#session.messages(this.id, before, limit)
    return stored.map((message) => messageOfAnybody(message, this.#local, this.#session))
  }

  /** One message as it is by now; undefined if this device does not have it, or not any more. */
  async message(seq: number): Promise<Message | undefined> {
    const found = await this.#session.message(this.id, seq)
    return found && messageOfAnybody(found, this.#local, this.#session)
  }
}

const HISTORY_PAGE = 50

/** Its rejection is for whoever waits for it, and no unhandled one. */
function unawaited<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {})
  return promise
}

export interface ChatMember {
  readonly user: string
  readonly isAdmin: boolean
}

export interface MessageReceipts {
  /** n: members other than this user who were in the chat by then. */
  readonly others: number
  /** k of n have it. */
  readonly delivered: number
  /** k of n have read it. */
  readonly read: number
  /** User ids. */
  readonly deliveredTo: readonly string[]
  readonly readBy: readonly string[]
}
