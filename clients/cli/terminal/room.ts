import type { Client, Composed, DirectChat, Group, Message } from '../../index.ts'

/** What commands act on: the chat at the terminal. */
export interface Room {
  readonly client: Client
  readonly chat: DirectChat | Group | undefined
  open(chat: DirectChat | Group): Promise<void>
  /** Of the person's last message in this chat. */
  lastOwnSeq(): Promise<number | undefined>
  /** The newest messages of this chat, by seq. */
  last(count: number): Promise<readonly Message[]>
  /** Shows it, and sends it to this chat. */
  send(content: Composed): void
  say(text: string): void
  quit(): void
}

/** What may be typed after a slash. */
export interface RoomCommand {
  readonly usage: string
  readonly does: string
  /**
   * @param words behind the command's name
   * @returns what to say when it is done, if it does not show by itself
   */
  run(room: Room, words: string[]): Promise<string | void> | void
}
