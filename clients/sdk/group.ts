import { Chat } from './chat.ts'
import { renameCommand } from './command.ts'
import type { LocalChat } from './chats/local-chat.ts'
import type { Session } from './session.ts'

/**
 * A chat of many. Changes go through the outbox like messages: they resolve when the server has accepted them, which
 * may be after the next connection, and reject with RejectedError.
 */
export class Group extends Chat {
  readonly #local: LocalChat

  constructor(session: Session, local: LocalChat) {
    super(session, local)
    this.#local = local
  }

  get kind(): 'group' {
    return 'group'
  }
  /** Empty as long as this device does not know. */
  get name(): string {
    return this.#local.roster.name
  }

  /** Admins only. */
  async add(...users: string[]): Promise<void> {
    await this.carryOut({ kind: 'add', members: users })
  }

  /** Admins only. */
  async remove(...users: string[]): Promise<void> {
    await this.carryOut({ kind: 'remove', members: users })
  }

  /** The last admin's place goes to the longest member. */
  async leave(): Promise<void> {
    await this.carryOut({ kind: 'leave' })
  }

  /** Admins only. */
  async rename(name: string): Promise<void> {
    await this.carryOut(renameCommand(name))
  }

  /** Admins only. */
  async setRole(user: string, role: 'admin' | 'member'): Promise<void> {
    await this.carryOut({ kind: 'set-role', member: user, isAdmin: role === 'admin' })
  }
}
