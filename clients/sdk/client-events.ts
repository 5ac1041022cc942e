import type { ChatId } from '../../proto/ids.ts'
import type { RejectedError, RestanteError } from './errors.ts'
import type { ChatChange, Message } from './inbox/message.ts'

/** What `client.on` knows. */
export interface ClientEvents {
  /** A text or body message of anybody, other devices of this user included; per chat in seq order, each once. */
  readonly message: Message
  /** A change of a group, in order with its messages. */
  readonly change: Message & { readonly change: ChatChange }
  /** Somebody edited or deleted a message, or reacted to it, this user included. */
  readonly update: UpdateEvent
  /** A message has disappeared, as its sender wished: what the app has of it is to go, too. It may be told twice. */
  readonly disappeared: DisappearedEvent
  /** A mark of a chat rose. */
  readonly receipt: ReceiptEvent
  readonly typing: TypingEvent
  /** A send of this device has its seq. */
  readonly accepted: AcceptedEvent
  /** A send of this device was refused for good. */
  readonly rejected: RejectedEvent
  /** Messages were lost before this device got them. */
  readonly gap: GapEvent
  /** The server lost messages that this device has: its store was restored from an older backup. */
  readonly setback: SetbackEvent
  readonly connected: ConnectedEvent
  readonly disconnected: DisconnectedEvent
  /** The client has ended, by close() or because there is no point in going on. */
  readonly closed: ClosedEvent
  /** Something was wrong and went on. */
  readonly error: RestanteError
}

export interface UpdateEvent {
  readonly kind: 'edit' | 'delete' | 'reaction'
  /** User id. */
  readonly by: string
  /** As it is by now. */
  readonly message: Message
}

export interface DisappearedEvent {
  readonly chatId: ChatId
  readonly seq: number
}

export interface ReceiptEvent {
  readonly chatId: ChatId
  /** `delivered` and `read`: own messages, by all others; `own-read`: by this user on another device. */
  readonly kind: 'delivered' | 'read' | 'own-read'
  /** This seq and all before it. */
  readonly upTo: number
}

export interface TypingEvent {
  readonly chatId: ChatId
  readonly user: string
  readonly isTyping: boolean
}

export interface AcceptedEvent {
  readonly chatId: ChatId
  readonly clientSeq: number
  readonly seq: number
}

export interface RejectedEvent {
  readonly chatId: ChatId
  readonly clientSeq: number
  readonly error: RejectedError
}

/** Either of one chat, or of the whole mailbox: then one for each chat follows. */
export type GapEvent =
  | { readonly chatId: ChatId; readonly firstSeq: number; readonly lastSeq: number }
  | { readonly chatId: undefined; readonly droppedMin: number }

export interface SetbackEvent {
  readonly chatId: ChatId
  /** This seq and all behind it are given to other messages from now on, and those are handed out. */
  readonly firstSeq: number
}

export interface ConnectedEvent {
  /** The server did not know this device: it gets only what comes from now on. */
  readonly isNewDevice: boolean
}

export interface DisconnectedEvent {
  readonly error: RestanteError
  readonly retryInMs: number
}

export interface ClosedEvent {
  /** Missing after close(). */
  readonly error?: RestanteError
}
