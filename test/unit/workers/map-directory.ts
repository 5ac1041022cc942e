import { OperationalError } from '../../../kit/operational-error.ts'
import { type ChatId, chatIdOf } from '../../../proto/ids.ts'
import type {
  Alike,
  ChatCopy,
  ChatRow,
  Directory,
  MemberCopy,
  PageAsk,
  PartitionReached,
} from '../../../workers/directory/directory.ts'

/** The directory port on maps. It passes the contract suite, as the real one does. */
export class MapDirectory implements Directory {
  isAway = false
  readonly users = new Set<string>()
  readonly chats = new Map<ChatId, ChatCopy>()
  readonly members = new Map<ChatId, Map<string, MemberCopy & { asOfSeq: number }>>()
  readonly positions = new Map<number, number>()
  /** Names of the calls made. */
  readonly calls: string[] = []
  readonly asks: PageAsk[] = []

  #call(name: string): void {
    this.calls.push(name)
    if (this.isAway) throw new OperationalError('directory-unavailable', 'away', { retryable: true })
  }

  async existing(users: readonly string[]): Promise<ReadonlySet<string>> {
    this.#call('existing')
    return new Set(users.filter((user) => this.users.has(user)))
  }

  async insertUsers(users: readonly string[]): Promise<Alike> {
    this.#call('insertUsers')
    const added = new Set(users.filter((user) => !this.users.has(user)))
    for (const user of users) this.users.add(user)
    const alike = new Map<string, string[]>()
    for (const user of added) {
      const others = [...this.users].filter(
        (other) => other !== user && other.toLowerCase() === user.toLowerCase(),
      )
      if (others.length > 0) alike.set(user, others.toSorted())
    }
    return alike
  }

  async chatPages(asks: readonly PageAsk[]): Promise<ChatRow[][]> {
    this.#call('chatPages')
    this.asks.push(...asks)
    return asks.map(({ user, after, limit }) =>
      [...this.chats.values()]
        .filter(({ chat }) => Buffer.compare(chat, after) > 0)
        .sort((a, b) => Buffer.compare(a.chat, b.chat))
        .flatMap((chat) => this.#row(chat, user) ?? [])
        .slice(0, limit),
    )
  }

  async begun(
    users: readonly string[],
    without: readonly Uint8Array[],
    max: number,
  ): Promise<ReadonlyMap<string, number>> {
    // Not noted among the calls either: whoever begins a chat asks for its copy, too.
    if (this.isAway) throw new OperationalError('directory-unavailable', 'away', { retryable: true })
    const beside = new Set(without.map(chatIdOf))
    const counts = users.map((user) => {
      const begun = [...this.members].filter(([id, of]) => !beside.has(id) && of.get(user)?.number === 0)
      return [user, Math.min(begun.length, max)] as const
    })
    return new Map(counts.filter(([, count]) => count > 0))
  }

  async reached(partitions: readonly number[]): Promise<ReadonlyMap<number, number>> {
    // Not noted among the calls: each owner of a partition asks once, whatever it is about.
    if (this.isAway) throw new OperationalError('directory-unavailable', 'away', { retryable: true })
    return new Map([...this.positions].filter(([partition]) => partitions.includes(partition)))
  }

  async saveChats(
    copies: readonly ChatCopy[],
    reached: readonly PartitionReached[],
  ): Promise<readonly Uint8Array[]> {
    this.#call('saveChats')
    for (const { partition, position } of reached)
      this.positions.set(partition, Math.max(position, this.positions.get(partition) ?? 0))
    const later: Uint8Array[] = []
    for (const copy of copies) {
      const id = chatIdOf(copy.chat)
      if ((this.chats.get(id)?.lastSeq ?? 0) > copy.lastSeq) {
        later.push(copy.chat)
        continue
      }
      this.chats.set(id, copy)
      if (copy.closed) {
        this.members.delete(id)
        continue
      }
      const members = this.members.get(id) ?? new Map<string, MemberCopy & { asOfSeq: number }>()
      this.members.set(id, members)
      for (const member of copy.members) {
        const before = members.get(member.user)
        if (before !== undefined && before.asOfSeq > copy.lastSeq) continue
        members.set(member.user, {
          ...member,
          delivered: Math.max(member.delivered, before?.delivered ?? 0),
          read: Math.max(member.read, before?.read ?? 0),
          asOfSeq: copy.lastSeq,
        })
      }
    }
    return later
  }

  async chatCopies(
    chats: readonly Uint8Array[],
    membersMax: number,
  ): Promise<{ copies: ChatCopy[]; omitted: Uint8Array[] }> {
    this.#call('chatCopies')
    const copies: ChatCopy[] = []
    const omitted: Uint8Array[] = []
    let membersBefore = 0
    for (const chat of [...chats].sort((a, b) => Buffer.compare(a, b))) {
      const head = this.chats.get(chatIdOf(chat))
      if (head === undefined) continue
      const rows = [...(this.members.get(chatIdOf(chat))?.values() ?? [])]
      const members = rows.map((row): MemberCopy => {
        const member: Partial<typeof row> & MemberCopy = { ...row }
        delete member.asOfSeq
        return member
      })
      members.sort((a, b) => a.number - b.number)
      if (membersBefore < membersMax) copies.push({ ...head, members })
      else omitted.push(chat)
      membersBefore += head.nextNumber
    }
    return { copies, omitted }
  }

  #row(
    { chat, direct, name, lastSeq, lastAtS, disappearAfterS }: ChatCopy,
    user: string,
  ): ChatRow | undefined {
    const members = this.members.get(chatIdOf(chat))
    const me = members?.get(user)
    if (members === undefined || me === undefined || me.leaveSeq > 0) return undefined
    const shown = direct ? [...members.values()].sort((a, b) => a.number - b.number) : []
    return {
      chat,
      direct,
      name,
      lastSeq,
      lastAtS,
      disappearAfterS,
      myNumber: me.number,
      myDelivered: me.delivered,
      myRead: me.read,
      members: shown.map(({ number, user: id, role }) => ({ number, user: id, role })),
    }
  }
}
