import { encodeUp, type Response } from '../../proto/codec.ts'
import type { ChatId, DeviceId, UserId } from '../../proto/ids.ts'
import { chatTopic, clientId } from '../../proto/topics.ts'
import type { Backoff } from './connection/backoff.ts'
import { Chats } from './chats/chats.ts'
import { disappearAfterSAt } from './chats/roster.ts'
import type { ClientEvents } from './client-events.ts'
import type { Command } from './command.ts'
import { actCommand, refusalOf } from './command.ts'
import { Connection } from './connection/connection.ts'
import { Disappearing, type DisappearingParts } from './inbox/disappearing.ts'
import { Deferred } from './deferred.ts'
import { RejectedError, RestanteError } from './errors.ts'
import { Events } from './events.ts'
import { Inbox } from './inbox/inbox.ts'
import type { LocalChat } from './chats/local-chat.ts'
import type { LocalStore, StoreChange, StoredMessage, StoredState } from './store/local-store.ts'
import { messageOf, messageOfAnybody, type ChatChange, type Message } from './inbox/message.ts'
import { isShown } from './content/placed.ts'
import type { Act } from './said.ts'
import { Outbox, type Publish } from './outbox/outbox.ts'
import type { Platform } from './connection/platform.ts'
import { Pauses } from './pauses.ts'
import { detailAsk, Reconciler } from './requests/reconciler.ts'
import { ReadMarks } from './outbox/read-marks.ts'
import { Repeater } from './connection/repeater.ts'
import { Receipts } from './inbox/receipts.ts'
import { Receiver } from './inbox/receiver.ts'
import { Requests, type Ask } from './requests/requests.ts'
import type { SentMessage } from './outbox/sent-message.ts'
import { takeUp } from './inbox/take-up.ts'
import { StoreWriter } from './store/store-writer.ts'

/** Everything behind one Client: the parts, wired. */
export class Session {
  readonly user: UserId
  readonly events = new Events<ClientEvents>()
  readonly chats: Chats
  readonly inbox: Inbox
  readonly outbox: Outbox
  readonly readMarks: ReadMarks
  readonly #options: SessionOptions
  readonly #receipts = new Receipts()
  readonly #requests = new Requests()
  readonly #pauses = new Pauses()
  readonly #disappearing: Disappearing
  readonly #writer: StoreWriter
  readonly #connection: Connection
  readonly #reconciler: Reconciler
  readonly #repeater: Repeater
  readonly #stopWaking: () => void
  readonly #firstConnected = new Deferred<void>()
  /** Why the last connection, or attempt, failed. */
  lastError: RestanteError | undefined
  #frame: Promise<void> = Promise.resolve()
  #ending: Promise<void> | undefined
  #isStoreClosing = false

  constructor(options: SessionOptions) {
    this.#options = options
    this.user = options.user
    const write = (changes: readonly StoreChange[]): Promise<void> => this.#writer.write(changes)
    this.#writer = new StoreWriter(options.store, (error) => this.#fail(error))
    this.chats = new Chats(options.state, write, options.messagesKept, (ms) => this.#disappearing.expect(ms))
    this.inbox = new Inbox({
      hasListeners: () => HANDED_OUT.some((name) => this.events.has(name)),
      resolve: (stored) => this.#resolve(stored),
      emit: (message, stored) => this.#emit(message, stored),
      // Done with too late to be noted: it comes again.
      handled: (stored) => {
        if (!this.#isStoreClosing) this.chats.handled(stored)
      },
    })
    this.outbox = new Outbox({
      items: options.state.outbox,
      clientSeq: options.state.meta?.clientSeq ?? 0,
      metaOf: (clientSeq) => metaOf(options, clientSeq),
      write,
      peerOf: (id) => {
        const chat = this.chats.get(id)
        return chat.exists ? undefined : chat.roster.peer
      },
      backoff: options.backoff,
      // A phone's clock may be behind; the server has had the token's time.
      clock: () => Math.max(Date.now(), options.tokenIssuedAtMs),
    })
    this.readMarks = new ReadMarks(this.chats, write, () => this.#reconciler.resolveDoubts())
    this.#reconciler = new Reconciler({
      chats: this.chats,
      user: this.user,
      ask: (ask) => this.ask(ask),
      failed: (error) => this.events.emit('error', error),
      pause: (attempt, error) => this.#pause(attempt, error),
    })
    const receiver = new Receiver({
      user: this.user,
      chats: this.chats,
      outbox: this.outbox,
      inbox: this.inbox,
      receipts: this.#receipts,
      requests: this.#requests,
      events: this.events,
      write,
      stored: (chat, after, before) => options.store.messages(chat, after, before, Infinity),
      reconcile: () => this.#reconciler.findLosses(),
      resolveDoubts: () => this.#reconciler.resolveDoubts(),
      readAgain: (chat) => this.readMarks.again(chat),
      acted: (chat, act) => void this.tellUpdate(chat, act, this.user),
    })
    this.#disappearing = this.#disappearingOf(receiver, write)
    this.#connection = new Connection(
      { ...options, clientId: clientId(options.user, options.device) },
      {
        connected: (sessionPresent) => this.#connected(sessionPresent),
        disconnected: (error, retryInMs) => this.#disconnected(error, retryInMs),
        isFinal: (error) => this.#isFinal(error),
        refused: (error) => this.#fail(error),
        frame: (payload, acknowledge) => {
          if (!this.#isClosed) this.#frame = receiver.frame(payload, acknowledge)
          return this.#frame
        },
      },
    )
    const isWaiting = (): boolean => this.outbox.waiting.length > 0 || this.#requests.isWaiting
    this.#repeater = new Repeater(isWaiting, () => this.#publish())
    this.#stopWaking = options.platform.onWake(() => this.check())
  }

  #disappearingOf(receiver: Receiver, write: DisappearingParts['write']): Disappearing {
    return new Disappearing({
      chats: this.chats,
      write,
      stored: (chat, after, before) => this.#options.store.messages(chat, after, before, Infinity),
      betweenFrames: (run) => receiver.between(run),
      gone: (chatId, seq) => this.events.emit('disappeared', { chatId, seq }),
    })
  }

  get #isClosed(): boolean {
    return this.#ending !== undefined
  }

  get isConnected(): boolean {
    return this.#connection.isConnected
  }

  /** The first CONNACK, or why there will be none. */
  get firstConnected(): Promise<void> {
    return this.#firstConnected.promise
  }

  /** Takes up what the store has, and begins to connect. */
  async open(): Promise<void> {
    const { state, store } = this.#options
    await takeUp(state, store, this.chats, this.inbox)
    if (!state.meta) await this.#writer.write([metaOf(this.#options, 0)])
    this.#connection.open()
  }

  /** The app has had a chance to listen: from now on it hears of everything. */
  release(): void {
    this.events.release()
    this.#disappearing.open()
  }

  /** Queues a command or message. @throws RejectedError for what the server is sure to refuse; RestanteError ill-formed-text */
  send(chat: LocalChat, command: Command): SentMessage {
    if (this.#isClosed) throw closedError()
    const refused = refusalOf(command)
    if (refused) throw refused
    const sent = this.outbox.add(chat.id, command)
    // The peer's name must outlive this process as well, as long as the item may need it.
    if (!chat.exists && chat.roster.peer !== '')
      void this.#writer.write([{ table: 'chats', put: chat.roster }])
    return sent
  }

  typing(chat: ChatId, isTyping: boolean): void {
    this.#connection.publishAtMostOnce(chatTopic(chat), encodeUp({ typing: { stopped: !isTyping } }))
  }

  ask(ask: Ask): Promise<Response> {
    return this.#isClosed ? Promise.reject(closedError()) : this.#requests.ask(ask)
  }

  /** The chat with all its members, asked for if need be. */
  async completeRoster(chat: LocalChat): Promise<void> {
    if (!chat.roster.isComplete) await this.ask(detailAsk(chat.id))
  }

  /** What people see of the chat: the newest messages before that seq, by seq. */
  async messages(chat: ChatId, before: number, limit: number): Promise<StoredMessage[]> {
    const shown: StoredMessage[] = []
    // Of messages that have disappeared there may be many in a row.
    const pageSize = Math.max(limit, PAGE_MIN)
    for (let end = before; shown.length < limit; ) {
      const page = await this.#options.store.messages(chat, 0, end, pageSize)
      shown.unshift(...page.filter((stored) => this.#isShown(stored)))
      if (page.length < pageSize) break
      end = page[0]?.seq ?? 0
    }
    return shown.slice(-limit)
  }

  /** The one with that seq, if people see it. */
  async message(chat: ChatId, seq: number): Promise<StoredMessage | undefined> {
    const found = await this.#options.store.messages(chat, seq - 1, seq + 1, 1)
    return found.find((stored) => this.#isShown(stored))
  }

  /** A phone that slept is asked for what ended before it was taken away. */
  #isShown(stored: StoredMessage): boolean {
    const endsAtMs = this.chats.get(stored.chat).vanishing.endOf(stored.seq)
    return isShown(stored) && (endsAtMs === undefined || endsAtMs > Date.now())
  }

  /** Queues what this user does to a message. Resolves on ✓. */
  async act(chat: LocalChat, act: Act): Promise<SentMessage> {
    const disappears = disappearAfterSAt(chat.roster, Number.POSITIVE_INFINITY) > 0
    const sent = this.send(chat, actCommand(act, disappears))
    await sent.sent
    return sent
  }

  /** All chats of the server, page by page, which the answers put into `chats`. */
  pages(): AsyncGenerator<readonly LocalChat[]> {
    return this.#reconciler.pages()
  }

  check(): void {
    if (this.#isClosed) return
    this.#connection.check()
    this.#disappearing.look()
  }

  async close(drainMs: number): Promise<void> {
    if (this.isConnected) await this.#drained(drainMs)
    await Promise.allSettled([this.#frame, this.#writer.flushed()])
    await this.#end(undefined)
  }

  /** All that has no answer yet, and from now on what comes to it. */
  #publish(): void {
    const publish: Publish = (chat, payload, onPuback) =>
      this.#connection.publish(chatTopic(chat), payload, onPuback)
    this.outbox.connected(publish)
    this.readMarks.connected(publish)
    this.#requests.connected(({ topic, encode }, request) =>
      this.#connection.publish(topic, encode(request), () => {}),
    )
  }

  #connected(sessionPresent: boolean): void {
    this.#publish()
    if (this.#options.isTransient) this.#repeater.start()
    const isNewDevice = !sessionPresent
    const hasHistory = this.#options.state.meta !== undefined || this.#firstConnected.isSettled
    if (isNewDevice && hasHistory) for (const chat of this.chats.doubtAll()) this.chats.save(chat)
    this.#reconciler.resolveDoubts()
    this.#disappearing.look()
    this.#firstConnected.resolve()
    this.events.emit('connected', { isNewDevice })
  }

  #disconnected(error: RestanteError, retryInMs: number): void {
    this.#repeater.stop()
    this.outbox.disconnected()
    this.readMarks.disconnected()
    this.#requests.disconnected()
    // Another process that took over the store may be why: then it stays away.
    void this.#writer.write([])
    this.lastError = error
    this.events.emit('disconnected', { error, retryInMs })
  }

  #isFinal(error: RestanteError): boolean {
    if (this.#firstConnected.isSettled) return !error.retryable && this.#options.isTokenFixed
    return !error.retryable || this.#options.givesUp(error)
  }

  /** There is no point in going on. */
  #fail(error: RestanteError): void {
    this.#end(error).catch(() => {})
  }

  /** Resolves when everything is closed, whoever began it. @param error missing: closed by the app */
  #end(error: RestanteError | undefined): Promise<void> {
    if (this.#ending === undefined) {
      this.inbox.close()
      this.#ending = Promise.resolve().then(() => this.#closeAll(error))
    }
    return this.#ending
  }

  async #closeAll(error: RestanteError | undefined): Promise<void> {
    this.#stopWaking()
    this.#repeater.stop()
    const reason = error ?? closedError()
    this.outbox.close(reason)
    this.readMarks.close(reason)
    this.#receipts.abandon(reason)
    this.#requests.close(reason)
    this.#pauses.close()
    this.#disappearing.close()
    this.#firstConnected.reject(reason)
    await this.#connection.close()
    this.#isStoreClosing = true
    // What the app was done with until now has its write by the next turn of microtasks.
    await Promise.resolve()
    await Promise.allSettled([this.#writer.flushed()])
    try {
      await this.#options.store.close()
    } finally {
      this.events.emit('closed', error ? { error } : {})
    }
  }

  /** When the server has acknowledged what was sent; or time is up. */
  #drained(msMax: number): Promise<void> {
    const acknowledged = [...this.outbox.waiting.map((sent) => sent.sent), this.readMarks.sent]
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, msMax)
      void Promise.allSettled(acknowledged).then(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  #resolve(stored: StoredMessage): Message | undefined {
    const chat = this.chats.get(stored.chat)
    const current = chat.unhandled.current(stored)
    const message = messageOf(current, chat, this)
    if (message || chat.isRosterAsked) return message ?? messageOfAnybody(current, chat, this)
    if (!chat.isRosterBeingAsked) void this.#askRoster(chat)
    return undefined
  }

  /** Until there is an answer. Messages of the chat wait for it, stored; but not for ever. */
  async #askRoster(chat: LocalChat): Promise<void> {
    chat.isRosterBeingAsked = true
    for (let attempt = 1; !this.#isClosed; attempt++) {
      const error = await this.ask(detailAsk(chat.id)).then(
        () => undefined,
        (failed: RestanteError) => failed,
      )
      const isAnswered = error === undefined ? chat.roster.isComplete : !error.retryable
      if (isAnswered) break
      if (attempt === ROSTER_ATTEMPTS_MAX) this.#handOut(chat)
      await this.#pause(attempt, error)
    }
    chat.isRosterBeingAsked = false
    this.#handOut(chat)
  }

  /** Its messages, whether all members are known by now or not. */
  #handOut(chat: LocalChat): void {
    chat.isRosterAsked = true
    if (!this.#isClosed) this.inbox.dispatch()
  }

  /** Until it is time to try again what the server, or nobody, answered with that error. */
  #pause(attempt: number, error: RestanteError | undefined): Promise<void> {
    const namedMs = error instanceof RejectedError ? error.retryAfterS * 1000 : 0
    return this.#pauses.pause(Math.max(namedMs, this.#options.backoff(attempt)))
  }

  #emit(message: Message, { act }: StoredMessage): void {
    if (act) void this.tellUpdate(this.chats.get(message.chatId), act, message.sender)
    else if (isChange(message)) this.events.emit('change', message)
    else this.events.emit('message', message)
  }

  /** What somebody did to a message, and what it is by now. */
  async tellUpdate(chat: LocalChat, { kind, seq }: Act, by: string): Promise<void> {
    const found = await this.message(chat.id, seq).catch(() => undefined)
    if (!found) return
    this.events.emit('update', { kind, by, message: messageOfAnybody(found, chat, this) })
  }
}

/** Events by which messages are handed out; who listens to one of them has had the others, too. */
export const HANDED_OUT: readonly (keyof ClientEvents)[] = ['message', 'change', 'update']

function isChange(message: Message): message is Message & { readonly change: ChatChange } {
  return message.change !== undefined
}

/** So many messages at least are read at a time. */
const PAGE_MIN = 50

/** Then messages are handed out with `#n` for a sender that nobody names. */
const ROSTER_ATTEMPTS_MAX = 3

export interface SessionOptions {
  readonly platform: Platform
  readonly url: string
  readonly isTransient: boolean
  readonly user: UserId
  readonly device: DeviceId
  readonly token: () => Promise<string>
  /** When the first token was issued, Unix ms; 0 if it does not say. */
  readonly tokenIssuedAtMs: number
  /** Whether an error before the first connection ends the client. */
  readonly givesUp: (error: RestanteError) => boolean
  /** Whether asking for the token again gives the same one. */
  readonly isTokenFixed: boolean
  readonly store: LocalStore
  readonly state: StoredState
  readonly keepaliveS: number
  readonly backoff: Backoff
  readonly messagesKept: number
}

function metaOf({ user, device }: SessionOptions, clientSeq: number): StoreChange {
  return { table: 'meta', put: { key: 'meta', user, device, clientSeq } }
}

function closedError(): RestanteError {
  return new RestanteError('closed', 'the client was closed')
}
