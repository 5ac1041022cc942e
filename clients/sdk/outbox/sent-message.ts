import type { ChatId } from '../../../proto/ids.ts'
import { Deferred } from '../deferred.ts'

/** `waiting` here, `sent` ✓ stored by the server, `accepted` has its seq, `delivered` ✓✓, `read`; or `rejected`. */
export type SentState = 'waiting' | 'sent' | 'accepted' | 'delivered' | 'read' | 'rejected'

/**
 * One send on its way. Its promises reject with RejectedError if the chat refuses it, with `closed` if the client is
 * closed before; nobody has to await them.
 */
export class SentMessage {
  readonly chatId: ChatId
  #clientSeq: number
  #seq: number | undefined
  #state: SentState = 'waiting'
  readonly #sent = new Deferred<void>()
  readonly #accepted = new Deferred<number>()
  readonly #delivered = new Deferred<void>()
  readonly #read = new Deferred<void>()

  constructor(chatId: ChatId, clientSeq: number) {
    this.chatId = chatId
    this.#clientSeq = clientSeq
  }

  /** The device's own number for it. Another one after the server asked to try again later. */
  get clientSeq(): number {
    return this.#clientSeq
  }
  /** Its place in the chat, once accepted. */
  get seq(): number | undefined {
    return this.#seq
  }
  get state(): SentState {
    return this.#state
  }
  /** ✓: PUBACK, the server has it for good. */
  get sent(): Promise<void> {
    return this.#sent.promise
  }
  /** It has its seq. */
  get accepted(): Promise<number> {
    return this.#accepted.promise
  }
  /** ✓✓: it is on a device of every other member. */
  get delivered(): Promise<void> {
    return this.#delivered.promise
  }
  /** Every other member's app said that it was read. */
  get read(): Promise<void> {
    return this.#read.promise
  }

  /** The SDK's own; so are the ones below. */
  renumber(clientSeq: number): void {
    this.#clientSeq = clientSeq
  }

  markSent(): void {
    if (this.#state !== 'waiting') return
    this.#state = 'sent'
    this.#sent.resolve()
  }

  markAccepted(seq: number): void {
    this.markSent()
    this.#seq = seq
    this.#state = 'accepted'
    this.#accepted.resolve(seq)
  }

  markDelivered(): void {
    if (this.#state === 'read') return
    this.#state = 'delivered'
    this.#delivered.resolve()
  }

  markRead(): void {
    this.markDelivered()
    this.#state = 'read'
    this.#read.resolve()
  }

  /** The server answered, so it had it: `sent` resolves, the rest rejects. */
  markRejected(error: Error): void {
    this.markSent()
    this.#state = 'rejected'
    this.abandon(error)
  }

  /** Whatever is still open rejects; the state stays. */
  abandon(error: Error): void {
    for (const milestone of [this.#sent, this.#accepted, this.#delivered, this.#read]) milestone.reject(error)
  }
}
