import type { LocalStore, StoreChange, StoredProgress, StoredState } from './local-store.ts'

/** As 0.1.0 kept it: `handled` says that the app has had everything up to there, and nothing behind it. */
type ProgressWithMark = StoredProgress & { readonly handled?: number }

/** What an earlier version left, as this one keeps it; in the store as well. */
export async function upgraded(store: LocalStore, state: StoredState): Promise<StoredState> {
  const progress: StoredProgress[] = []
  const unhandled = [...state.unhandled]
  const changes: StoreChange[] = []
  for (const record of state.progress as readonly ProgressWithMark[]) {
    const { handled, ...put } = record
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

/** Behind `upTo` stand those that wait behind a hole, and what the server lost. */
async function messagesUpTo(store: LocalStore, { chat, upTo = 0 }: StoredProgress, after: number) {
  return upTo > after ? await store.messages(chat, after, upTo + 1, Number.POSITIVE_INFINITY) : []
}
