/** A device of the load: it sends, reads, drops its line and comes back, and writes down what it is told. */
export interface Actor {
  readonly user: string
  readonly device: string
  /** Gives a text to the product. Does not wait for anything. */
  send(chat: ChatToUse, text: string): void
  /** Says that everything of this chat that was seen is read. */
  markRead(chat: ChatToUse): void
  /** The line is cut; it comes back by itself. */
  cut(): void
  /** The app ends without a word and is started again on what it had stored. */
  restart(): Promise<void>
  /** How many sends have no final answer yet. */
  readonly waiting: number
  readonly isConnected: boolean
  /** Messages that came again on the wire. */
  readonly repeats: number
  close(): Promise<void>
}

export type ChatToUse =
  | { readonly id: string; readonly peerOf: (user: string) => string }
  | { readonly id: string; readonly peerOf?: undefined }
