import type { Client, Message, RestanteError } from '../../index.ts'
import { runCommand, type Room } from './chat-commands.ts'
import { changeText, contentOf, titleOf, wordFor } from './describe.ts'
import { sentenceOf } from '../failure.ts'
import type { AnyChat } from '../find-chat.ts'
import type { Screen, ShownLine } from './screen.ts'
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
  readonly #ticking = new Map<number, OwnLine>()
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
      } else if (this.#chat) await this.#send(this.#chat, line)
      else this.say('open a chat first: /open bob, or /help')
    } catch (error) {
      this.say(sentenceOf(error))
    }
  }

  async #send(chat: AnyChat, text: string): Promise<void> {
    this.#tellDay(new Date())
    const line = new OwnLine(this.screen, text)
    const sent = await chat.send({ text })
    line.raise('sent')
    this.#accepting = sent.accepted
    const seq = await sent.accepted.catch((error: unknown) => {
      line.raise('rejected')
      throw error
    })
    // The receipt may have come in the same frame.
    if (chat.id === this.#chat?.id) this.#ticking.set(seq, line)
    this.#raise(chat.deliveredUpTo, 'delivered')
    this.#raise(chat.readByAllUpTo, 'read')
  }

  #arrived(message: Message): void {
    const chat = this.client.chat(message.chatId)
    if (chat.id !== this.#chat?.id) {
      const where = chat.kind === 'group' ? `${titleOf(chat)}: ` : ''
      this.say(`${where}${headOf(message)}   (/open ${printable(wordFor(chat))})`)
      return
    }
    this.#setTyping('')
    this.#show(message)
    if (message.change) this.#drawTitle()
    this.#markRead(chat)
  }

  #show(message: Message): void {
    this.#tellDay(message.sentAt)
    if (message.isOwn && message.change === undefined) {
      const line = new OwnLine(this.screen, contentOf(message), message.sentAt)
      line.raise('sent')
      this.#ticking.set(message.seq, line)
    } else this.screen.print(`${clock(message.sentAt)} ${headOf(message)}`)
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

type OwnState = 'waiting' | 'sent' | 'delivered' | 'read' | 'rejected'
const TICKS: Record<OwnState, string> = {
  waiting: '·',
  sent: '✓',
  delivered: '✓✓',
  read: '✓✓ read',
  rejected: '✗ not sent',
}
const ORDER: readonly OwnState[] = ['waiting', 'sent', 'delivered', 'read', 'rejected']

/** An own message on the screen with what is known about it. */
class OwnLine {
  readonly #text: string
  readonly #line: ShownLine
  #state: OwnState = 'waiting'

  constructor(screen: Screen, text: string, sentAt = new Date()) {
    this.#text = `${clock(sentAt)} you: ${text}`
    this.#line = screen.print(this.#shown)
  }

  /** Never goes back. */
  raise(state: OwnState): void {
    if (ORDER.indexOf(state) <= ORDER.indexOf(this.#state)) return
    this.#state = state
    this.#line.update(this.#shown)
  }

  get #shown(): string {
    return `${this.#text}  ${TICKS[this.#state]}`
  }
}

function headOf(message: Message): string {
  const who = message.isOwn ? 'you' : message.sender
  return message.change ? `* ${who} ${changeText(message.change)}` : `${who}: ${contentOf(message)}`
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

function clock(date: Date): string {
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}
