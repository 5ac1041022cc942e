import { Chat, type ChatMember } from './chat.ts'
import type { LocalChat } from './chats/local-chat.ts'
import type { Session } from './session.ts'

/** The chat of two users. It comes to exist by the first message. */
export class DirectChat extends Chat {
  readonly #session: Session
  readonly #local: LocalChat

  constructor(session: Session, local: LocalChat) {
    super(session, local)
    this.#session = session
    this.#local = local
  }

  get kind(): 'direct' {
    return 'direct'
  }

  /** The other user; undefined as long as this device does not know. */
  get peer(): string | undefined {
    const { peer, members } = this.#local.roster
    return peer === '' ? members.find(({ user }) => user !== this.#session.user)?.user : peer
  }

  /** Both, also before there is a message. */
  override async members(): Promise<readonly ChatMember[]> {
    const { peer } = this
    if (peer === undefined) return super.members()
    return [this.#session.user, peer].map((user) => ({ user, isAdmin: false }))
  }
}
