import type { ChatId } from '../../../proto/ids.ts'
import type { Chats } from '../chats/chats.ts'
import type { LocalStore, StoredState } from '../store/local-store.ts'
import type { Inbox } from './inbox.ts'

/** What an earlier process left: messages that wait for the app, and those that wait behind a hole. */
export async function takeUp(
  { unhandled }: StoredState,
  store: LocalStore,
  chats: Chats,
  inbox: Inbox,
): Promise<void> {
  const byChat = new Map<ChatId, Set<number>>()
  for (const { chat, seq } of unhandled) {
    const seqs = byChat.get(chat)
    if (seqs) seqs.add(seq)
    else byChat.set(chat, new Set([seq]))
  }
  for (const chat of chats) {
    const seqs = byChat.get(chat.id) ?? new Set()
    const beyond = new Set(chat.sequence.record.beyond)
    const [lowest, highest] = bounds([...seqs, ...beyond])
    if (highest === 0) continue
    for (const stored of await store.messages(chat.id, lowest - 1, highest + 1, Number.POSITIVE_INFINITY)) {
      if (seqs.has(stored.seq)) {
        chat.unhandled.add(stored)
        inbox.add([stored])()
      } else if (beyond.has(stored.seq) && !stored.isFromHere) chat.waiting.set(stored.seq, stored)
      if (beyond.has(stored.seq)) chat.noteBrief(stored.seq, stored.briefBefore ?? 0)
    }
  }
}

function bounds(seqs: readonly number[]): [lowest: number, highest: number] {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, 0]
  for (const seq of seqs) {
    lowest = Math.min(lowest, seq)
    highest = Math.max(highest, seq)
  }
  return [lowest, highest]
}
