/** What the package gives, in Node and in browsers alike; `connect` and `durableStore` stand in their entries. */
export type { Backoff } from './sdk/backoff.ts'
export { jitteredBackoff } from './sdk/backoff.ts'
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
  TypingEvent,
} from './sdk/client-events.ts'
export type { Content } from './sdk/command.ts'
export type { ConnectOptions } from './sdk/connect.ts'
export { DirectChat } from './sdk/direct-chat.ts'
export { RejectedError, RestanteError, type RestanteErrorCode } from './sdk/errors.ts'
export { Group } from './sdk/group.ts'
export type { LocalStore } from './sdk/local-store.ts'
export { memoryStore } from './sdk/memory-store.ts'
export type { ChatChange, Message } from './sdk/message.ts'
export type { MessageStream } from './sdk/message-stream.ts'
export { SentMessage, type SentState } from './sdk/sent-message.ts'
export type { Token } from './sdk/token.ts'
export type { CatalogueEntry } from '../proto/errors.ts'
