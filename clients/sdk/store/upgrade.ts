import type { LocalStore, StoreChange, StoredProgress, StoredState } from './local-store.ts'

/**
 * As 0.1.0 kept it: `handled` says that the app has had everything up to there, and nothing behind it; what is unread was
 * whatever stood behind `ownRead`, so the server has to be asked.
 */
type ProgressBefore = Omit<StoredProgress, 'unread'> & {
  readonly handled?: number
  readonly unread?: StoredProgress['unread']
}

/** What an earlier version left, as this one keeps it; in the store as well. */
export async function upgraded(store: LocalStore, state: StoredState): Promise<StoredState> {
  const progress: StoredProgress[] = []
  const unhandled = [...state.unhandled]
  const changes: StoreChange[] = []
  for (const record of state.progress as readonly ProgressBefore[]) {
    const { handled, ...kept } = record
    const put = { ...kept, ...unreadOf(record) }
    progress.push(put)
    if (handled === undefined) continue
    changes.push({ table: 'progress', put })
    for (const { chat, seq, isFromHere } of await messagesUpTo(store, put, handled)) {
      if (isFromHere) continue
      unhandled.push({ chat, seq })
      changes.push({ table: 'unhandled', put: { chat, seq } })
    }
  }
  if (changes.length > 0) await store.write(changes)
  return { ...state, progress, unhandled }
}

function unreadOf({
  unread,
  lastSeq,
  ownRead,
  doubt,
}: ProgressBefore): Pick<StoredProgress, 'unread' | 'doubt'> {
  if (unread) return { unread }
  if (lastSeq <= ownRead) return { unread: { ranges: [] } }
  return { unread: { ranges: [], told: { count: lastSeq - ownRead, upTo: lastSeq } }, doubt: doubt ?? 'this' }
}

/** Behind `upTo` stand those that wait behind a hole, and what the server lost. */
async function messagesUpTo(store: LocalStore, { chat, upTo = 0 }: StoredProgress, after: number) {
  return upTo > after ? await store.messages(chat, after, upTo + 1, Number.POSITIVE_INFINITY) : []
}
