import { encodeRequest } from '../../proto/codec.ts'
import { directChatId, groupChatId, isChatId, isDirectChat, isUserId, type ChatId } from '../../proto/ids.ts'
import { CHAT_ID_BYTES } from '../../proto/limits.ts'
import { REQUEST_TOPIC } from '../../proto/topics.ts'
import type { ClientEvents } from './client-events.ts'
import { createCommand, isWellFormed } from './command.ts'
import { DirectChat } from './direct-chat.ts'
import { illFormed } from './errors.ts'
import { Group } from './group.ts'
import type { MessageStream, StreamOptions } from './inbox/message-stream.ts'
import type { SentMessage } from './outbox/sent-message.ts'
import { HANDED_OUT, type Session } from './session.ts'

/** One device of one user. Made by `connect`. */
export class Client {
  readonly #session: Session
  readonly device: string

  constructor(session: Session, device: string) {
    this.#session = session
    this.device = device
  }

  get user(): string {
    return this.#session.user
  }
  get isConnected(): boolean {
    return this.#session.isConnected
  }
  /** Sends without an answer of the server yet, those of earlier processes included; oldest first. */
  get waiting(): readonly SentMessage[] {
    return this.#session.outbox.waiting
  }

  /** Messages, changes and updates wait until somebody listens to any of them; then all are handed out. */
  on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): this {
    this.#session.events.on(name, listener)
    if (HANDED_OUT.includes(name)) this.#session.inbox.schedule()
    return this
  }

  off<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): this {
    this.#session.events.off(name, listener)
    return this
  }

  /** Text and body messages of all chats, as they come. Asking for the next one says that the last is handled. */
  messages(options: StreamOptions = {}): MessageStream {
    return this.#session.inbox.stream(undefined, options)
  }

  /** The chat with that user; it need not exist yet. @throws RangeError if it is no user id, or this user */
  direct(user: string): DirectChat {
    if (user === this.user)
      throw new RangeError(
        `"${user}" is not another user's id: for notes to oneself make a group without others`,
      )
    if (!isUserId(user)) throw new RangeError(`"${user}" is not a user id`)
    const local = this.#session.chats.get(directChatId(this.#session.user, user))
    if (local.roster.peer === '') local.roster = { ...local.roster, peer: user }
    return new DirectChat(this.#session, local)
  }

  /** @throws RangeError if it is no chat id */
  chat(id: string): DirectChat | Group {
    if (!isChatId(id)) throw new RangeError(`"${id}" is not a chat id`)
    return this.#chatOf(id)
  }

  /** Resolves when the server has made it. @throws RejectedError, e.g. unknown-user; invalid if nobody can read the name */
  async createGroup(options: { readonly name: string; readonly members: readonly string[] }): Promise<Group> {
    const id = groupChatId(crypto.getRandomValues(new Uint8Array(CHAT_ID_BYTES)))
    const local = this.#session.chats.get(id)
    await this.#session.send(local, createCommand(options.name, options.members)).accepted
    return new Group(this.#session, local)
  }

  /** This user's chats: from the server, page by page, by id; without a connection those that this device knows. */
  async *chats(): AsyncGenerator<DirectChat | Group> {
    if (this.isConnected) {
      for await (const page of this.#session.pages()) for (const local of page) yield this.#chatOf(local.id)
      return
    }
    for (const local of this.#session.chats) {
      if (local.exists && !local.hasLeft(this.#session.user)) yield this.#chatOf(local.id)
    }
  }

  /** This user's devices. */
  async devices(): Promise<readonly Device[]> {
    const { devices } = await this.#session.ask({
      topic: REQUEST_TOPIC,
      encode: (request) => encodeRequest({ request, listDevices: { user: '' } }),
    })
    return (devices?.devices ?? []).map((device) => ({
      name: device.name ?? '',
      linkedAt: new Date(Number(device.linkedAtMs ?? 0)),
      isConnected: device.connected ?? false,
      waiting: device.waiting ?? 0,
    }))
  }

  /** Closes that device and forgets it. It may link again with a token issued from now on. */
  async removeDevice(name: string): Promise<void> {
    if (!isWellFormed(name)) throw illFormed()
    await this.#session.ask({
      topic: REQUEST_TOPIC,
      encode: (request) => encodeRequest({ request, removeDevice: { user: '', device: name } }),
    })
  }

  /** For apps that know better when they woke up: connects at once, or tests the connection. */
  check(): void {
    this.#session.check()
  }

  /**
   * Ends: waits up to `drainMs` (5 s) for the server to acknowledge what was sent, if there is a connection, then says
   * DISCONNECT and closes the store. With a durable store the rest goes out next time.
   */
  async close(options: { readonly drainMs?: number } = {}): Promise<void> {
    await this.#session.close(options.drainMs ?? DRAIN_MS)
  }

  #chatOf(id: ChatId): DirectChat | Group {
    const local = this.#session.chats.get(id)
    return isDirectChat(id) ? new DirectChat(this.#session, local) : new Group(this.#session, local)
  }
}

const DRAIN_MS = 5_000

export interface Device {
  readonly name: string
  readonly linkedAt: Date
  readonly isConnected: boolean
  /** Entries that it has not got yet. */
  readonly waiting: number
}
