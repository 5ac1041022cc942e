import type { Client, Composed, Message, RestanteError } from '../../index.ts'
import { runCommand } from './chat-commands.ts'
import { titleOf, wordFor } from './describe.ts'
import { lineOf, MessageLine } from './message-line.ts'
import type { Room } from './room.ts'
import { sentenceOf } from '../failure.ts'
import type { AnyChat } from '../find-chat.ts'
import type { Screen } from './screen.ts'
import { connectFailure } from '../target.ts'
import { printable } from './text-width.ts'

const HISTORY_LINES = 100
const TYPING_PAUSE_MS = 3_000
/** Somebody who was typing and says no more has stopped. */
const TYPING_MS_MAX = 8_000

/** One person at a terminal, in one chat at a time. */
export class ChatRoom implements Room {
  readonly client: Client
  readonly screen: Screen
  /** Resolves when the person leaves; rejects when the server refuses the device for good. */
  readonly ended: Promise<void>
  readonly #url: string
  #leave: () => void = () => {}
  #chat: AnyChat | undefined
  /** Own messages on the screen that have no "read" yet, by seq. */
  readonly #ticking = new Map<number, MessageLine>()
  /** Messages on the screen, by seq. */
  readonly #shown = new Map<number, { readonly line: MessageLine; readonly message: Message }>()
  /** The seq of the last message that was typed in this chat. */
  #accepting: Promise<number> | undefined
  #connection = 'connecting'
  /** Why there is none, as it was told last. */
  #trouble = ''
  /** Of the last message on the screen. */
  #day = ''
  #typing = ''
  #typingTimer: NodeJS.Timeout | undefined
  #typedAt = 0

  constructor(client: Client, screen: Screen, url: string) {
    this.client = client
    this.screen = screen
    this.#url = url
    this.ended = new Promise((resolve, reject) => {
      this.#leave = resolve
      client.on('closed', ({ error }) => (error ? reject(connectFailure(url, error)) : resolve()))
    })
    this.ended.catch(() => {}) // whoever waits for it sees it
    screen.onQuit = () => this.quit()
    screen.onInput = (line) => void this.#input(line.trim())
    screen.onTyping = () => this.#tellTyping()
  }

  get chat(): AnyChat | undefined {
    return this.#chat
  }

  /** Shows the chat, or the list of chats, and from then on what comes. */
  async enter(chat: AnyChat | undefined): Promise<void> {
    const { client } = this
    this.#connection = client.isConnected ? 'connected' : 'connecting'
    if (chat) await this.open(chat)
    else await runCommand(this, '/chats')
    this.#drawTitle()
    client.on('message', (message) => this.#arrived(message))
    client.on('change', (message) => this.#arrived(message))
    client.on('update', ({ message }) => this.#update(message))
    client.on('disappeared', ({ chatId, seq }) => {
      if (chatId === this.#chat?.id) this.#clear(seq)
    })
    client.on('receipt', ({ chatId, upTo, kind }) => {
      if (chatId === this.#chat?.id && kind !== 'own-read') this.#raise(upTo, kind)
    })
    client.on('typing', ({ chatId, user, isTyping }) => {
      if (chatId === this.#chat?.id) this.#setTyping(isTyping ? user : '')
    })
    client.on('gap', () => this.say('some messages were dropped before this device got them'))
    client.on('setback', ({ chatId }) => {
      this.say(`the server has lost the end of ${titleOf(client.chat(chatId))} and goes on from before it`)
    })
    client.on('connected', () => this.#connected())
    client.on('disconnected', ({ error, retryInMs }) => this.#disconnected(error, retryInMs))
    client.on('error', (error) => this.say(sentenceOf(error)))
  }

  async open(chat: AnyChat): Promise<void> {
    this.#chat = chat
    this.#typing = ''
    this.#day = dayOf(new Date())
    this.#ticking.clear()
    this.#shown.clear()
    this.#accepting = undefined
    this.screen.clear()
    this.#drawTitle()
    const unreadFrom = chat.readUpTo + 1
    let isNewMarked = false
    const history = await chat.history({ limit: HISTORY_LINES })
    if (history.length === 0 && chat.lastSeq > 0) {
      this.say('what was said before this device came is on your other devices')
    }
    for (const message of history) {
      if (!isNewMarked && message.seq >= unreadFrom && !message.isOwn && message.seq > 1) {
        this.say('new since you were here')
        isNewMarked = true
      }
      this.#show(message)
    }
    this.#raise(chat.deliveredUpTo, 'delivered')
    this.#raise(chat.readByAllUpTo, 'read')
    this.#markRead(chat)
  }

  async lastOwnSeq(): Promise<number | undefined> {
    if (this.#accepting) return this.#accepting
    const own = (await this.#chat?.history())?.findLast((message) => message.isOwn && !message.change)
    return own?.seq
  }

  async last(count: number): Promise<readonly Message[]> {
    return (await this.#chat?.history({ limit: count })) ?? []
  }

  send(content: Composed): void {
    if (this.#chat) this.#send(this.#chat, content).catch((error: unknown) => this.say(sentenceOf(error)))
  }

  /** A line that nobody wrote. */
  say(text: string): void {
    this.screen.print(`-- ${text}`)
  }

  quit(): void {
    clearTimeout(this.#typingTimer)
    this.#leave()
  }

  async #input(line: string): Promise<void> {
    if (line === '') return
    try {
      if (line.startsWith('/')) {
        await runCommand(this, line)
        this.#drawTitle()
      } else if (this.#chat) await this.#send(this.#chat, { text: line })
      else this.say('open a chat first: /open bob, or /help')
    } catch (error) {
      this.say(sentenceOf(error))
    }
  }

  async #send(chat: AnyChat, content: Composed): Promise<void> {
    this.#tellDay(new Date())
    const line = MessageLine.typed(this.screen, content.text ?? '')
    const sent = await chat.send(content)
    line.raise('sent')
    this.#accepting = sent.accepted
    const seq = await sent.accepted.catch((error: unknown) => {
      line.raise('rejected')
      throw error
    })
    // The receipt may have come in the same frame.
    if (chat.id === this.#chat?.id) this.#ticking.set(seq, line)
    const message = await chat.message(seq)
    if (chat.id === this.#chat?.id) {
      if (message) this.#renew(line, message)
      // Its time was over before it was on the screen as sent.
      else line.clear()
    }
    this.#raise(chat.deliveredUpTo, 'delivered')
    this.#raise(chat.readByAllUpTo, 'read')
  }

  #arrived(message: Message): void {
    const chat = this.client.chat(message.chatId)
    if (chat.id !== this.#chat?.id) {
      const where = chat.kind === 'group' ? `${titleOf(chat)}: ` : ''
      this.say(`${where}${lineOf(message)}   (/open ${printable(wordFor(chat))})`)
      return
    }
    this.#setTyping('')
    this.#show(message)
    if (message.change) this.#drawTitle()
    this.#markRead(chat)
  }

  #show(message: Message): void {
    this.#tellDay(message.sentAt)
    const line = MessageLine.of(this.screen, message, this.#answered(message))
    this.#shown.set(message.seq, { line, message })
    if (message.isOwn && message.change === undefined) this.#ticking.set(message.seq, line)
  }

  #update(message: Message): void {
    const line = message.chatId === this.#chat?.id ? this.#shown.get(message.seq)?.line : undefined
    if (line) this.#renew(line, message)
  }

  /** Nor is it quoted any more. */
  #clear(seq: number): void {
    this.#shown.get(seq)?.line.clear()
    this.#shown.delete(seq)
    this.#ticking.delete(seq)
    for (const { line, message } of this.#shown.values())
      if (message.replyTo === seq) this.#renew(line, message)
  }

  #renew(line: MessageLine, message: Message): void {
    line.show(message, this.#answered(message))
    this.#shown.set(message.seq, { line, message })
  }

  #answered({ replyTo }: Message): Message | undefined {
    return replyTo === undefined ? undefined : this.#shown.get(replyTo)?.message
  }

  /** Times alone would be those of today. */
  #tellDay(date: Date): void {
    const day = dayOf(date)
    if (day === this.#day) return
    this.#day = day
    this.say(day)
  }

  #raise(upTo: number, state: 'delivered' | 'read'): void {
    for (const [seq, line] of this.#ticking) {
      if (seq > upTo) continue
      line.raise(state)
      if (state === 'read') this.#ticking.delete(seq)
    }
  }

  #markRead(chat: AnyChat): void {
    if (chat.unread > 0) chat.markRead().catch((error: unknown) => this.say(sentenceOf(error)))
  }

  #tellTyping(): void {
    const now = Date.now()
    if (!this.#chat || now - this.#typedAt < TYPING_PAUSE_MS) return
    this.#typedAt = now
    this.#chat.typing()
  }

  #setTyping(user: string): void {
    clearTimeout(this.#typingTimer)
    if (user !== '') this.#typingTimer = setTimeout(() => this.#setTyping(''), TYPING_MS_MAX)
    this.#typing = user
    this.#drawTitle()
  }

  #connected(): void {
    this.#connection = 'connected'
    this.#trouble = ''
    this.#drawTitle()
  }

  /** Each reason is told once, not at each attempt. */
  #disconnected(error: RestanteError, retryInMs: number): void {
    this.#connection = `no connection to ${this.#url}, next try in ${Math.ceil(retryInMs / 1000)} s`
    this.#drawTitle()
    if (error.message === this.#trouble) return
    this.#trouble = error.message
    this.say(`no connection: ${error.message}`)
  }

  #drawTitle(): void {
    const typing = this.#typing === '' ? [] : [`${this.#typing} is typing`]
    const parts = [`${this.client.user}/${this.client.device}`, ...(this.#chat ? [titleOf(this.#chat)] : [])]
    this.screen.setPrompt(this.#chat ? titleOf(this.#chat) : '')
    this.screen.setTitle([...parts, this.#connection, ...typing].join(' · '))
  }
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** In this machine's time zone, as `clock` is. */
function dayOf(date: Date): string {
  return DAY.format(date)
}
