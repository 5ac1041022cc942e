import type { Message } from '../../index.ts'
import { changeText, contentOf } from './describe.ts'
import type { Screen, ShownLine } from './screen.ts'
import { cut, printable } from './text-width.ts'

export type OwnState = 'waiting' | 'sent' | 'delivered' | 'read' | 'rejected'
const TICKS: Record<OwnState, string> = {
  waiting: '·',
  sent: '✓',
  delivered: '✓✓',
  read: '✓✓ read',
  rejected: '✗ not sent',
}
const ORDER: readonly OwnState[] = ['waiting', 'sent', 'delivered', 'read', 'rejected']

/** Of the message that another one answers, so much is shown. */
const QUOTE_COLUMNS = 24

/** A message on the screen as it is by now; behind an own one what is known about it. */
export class MessageLine {
  readonly #line: ShownLine
  readonly #sentAt: Date
  #text: string
  #state: OwnState | undefined

  private constructor(screen: Screen, sentAt: Date, text: string, state: OwnState | undefined) {
    this.#sentAt = sentAt
    this.#text = text
    this.#state = state
    this.#line = screen.print(this.#shown)
  }

  /** What was typed just now. */
  static typed(screen: Screen, text: string): MessageLine {
    return new MessageLine(screen, new Date(), `you: ${text}`, 'waiting')
  }

  /** @param answered the message that it answers, if this device has it */
  static of(screen: Screen, message: Message, answered?: Message): MessageLine {
    const isTicking = message.isOwn && !message.change && !message.deleted
    return new MessageLine(screen, message.sentAt, lineOf(message, answered), isTicking ? 'sent' : undefined)
  }

  /** Somebody did something to it. */
  show(message: Message, answered?: Message): void {
    this.#text = lineOf(message, answered)
    if (message.deleted) this.#state = undefined
    this.#line.update(this.#shown)
  }

  /** It has disappeared. */
  clear(): void {
    this.#text = '<disappeared>'
    this.#state = undefined
    this.#line.update(this.#shown)
  }

  /** Never goes back. */
  raise(state: OwnState): void {
    if (this.#state === undefined || ORDER.indexOf(state) <= ORDER.indexOf(this.#state)) return
    this.#state = state
    this.#line.update(this.#shown)
  }

  get #shown(): string {
    const text = `${clock(this.#sentAt)} ${this.#text}`
    return this.#state === undefined ? text : `${text}  ${TICKS[this.#state]}`
  }
}

/** Who said what, what it answers, and what others made of it. */
export function lineOf(message: Message, answered?: Message): string {
  const who = message.isOwn ? 'you' : message.sender
  if (message.change) return `* ${who} ${changeText(message.change)}`
  const { replyTo, forwarded, editedAt, reactions = [] } = message
  const quote = answered ? `"${cut(oneLine(contentOf(answered)), QUOTE_COLUMNS)}"` : 'something'
  const before = [...(forwarded ? ['(forwarded)'] : []), ...(replyTo === undefined ? [] : [`↪ ${quote}:`])]
  const behind = [
    ...(editedAt ? ['(edited)'] : []),
    ...reactions.map(({ emoji, users }) => `[${emoji} ${users.join(', ')}]`),
  ]
  return [`${who}:`, ...before, contentOf(message), ...behind].join(' ')
}

function oneLine(text: string): string {
  return printable(text).replaceAll('\n', ' ')
}

function clock(date: Date): string {
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}
