/** What the package gives, in Node and in browsers alike; `connect` and `durableStore` stand in their entries. */
export type { Backoff } from './sdk/connection/backoff.ts'
export { jitteredBackoff } from './sdk/connection/backoff.ts'
export { Chat, type ChatMember, type MessageReceipts } from './sdk/chat.ts'
export { Client, type Device } from './sdk/client.ts'
export type {
  AcceptedEvent,
  ClientEvents,
  ClosedEvent,
  ConnectedEvent,
  DisconnectedEvent,
  GapEvent,
  ReceiptEvent,
  RejectedEvent,
  SetbackEvent,
  DisappearedEvent,
  TypingEvent,
  UpdateEvent,
} from './sdk/client-events.ts'
export type { Content } from './sdk/command.ts'
export type { Carriage, Composed } from './sdk/content/compose.ts'
export type { ConnectOptions } from './sdk/connect.ts'
export { DirectChat } from './sdk/direct-chat.ts'
export {
  RejectedError,
  RestanteError,
  UnreachableError,
  type RestanteErrorCode,
  type UnreachableReason,
} from './sdk/errors.ts'
export { Group } from './sdk/group.ts'
export type { LocalStore } from './sdk/store/local-store.ts'
export { memoryStore } from './sdk/store/memory-store.ts'
export { Message, type ChatChange, type EarlierText, type Reaction } from './sdk/inbox/message.ts'
export type { MessageStream, StreamOptions } from './sdk/inbox/message-stream.ts'
export { SentMessage, type SentState } from './sdk/outbox/sent-message.ts'
export type { Token } from './sdk/connection/token.ts'
export type { CatalogueEntry } from '../proto/errors.ts'
export type { Attachment, Contact, GeoLocation, Mention } from './sdk/said.ts'
