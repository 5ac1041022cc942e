import type { StoredEdit, StoredMessage, StoredReaction } from '../store/local-store.ts'

/**
 * What has become of a message is a function of it and of the acts on it, in whatever order and however often they come:
 * edits and reactions by seq, of which the newest win; of deletions the first. Who may what is decided from facts that the
 * server tells all devices alike: senders, its times, and who was an admin. So all devices of all members see the same, as
 * far as they have the same messages (docs/content.md).
 */

/** Whose a message is, by a stored sender, which may be a number still. */
export type NameOf = (sender: string) => string

/** A message's author may edit it for so long, by the server's clock. */
export const EDIT_WINDOW_MS = 48 * 3_600_000
/** Edits of one message that are kept, the newest; the first text stays beside them. */
export const EDITS_KEPT_MAX = 10
/** Users whose reactions to one message are kept, those who reacted last. */
export const REACTIONS_KEPT_MAX = 1_024

/** @returns the message as it is behind the act; undefined if that changes nothing, or is nothing that its sender may */
export function acted(message: StoredMessage, by: StoredMessage, nameOf: NameOf): StoredMessage | undefined {
  const { act } = by
  if (
    !act ||
    act.seq !== message.seq ||
    by.seq <= message.seq ||
    message.act ||
    message.change ||
    message.isGone
  )
    return undefined
  const isAuthor = nameOf(by.sender) === nameOf(message.sender)
  if (act.kind === 'delete') return isAuthor || by.isFromAdmin ? deleted(message, by) : undefined
  if (message.fold?.deleted) return undefined
  if (act.kind === 'reaction')
    return reacted(message, { seq: by.seq, sender: by.sender, emoji: act.emoji }, nameOf)
  if (!isAuthor || message.body || by.sentAtMs - message.sentAtMs > EDIT_WINDOW_MS) return undefined
  const { text, mentions } = act
  return edited(message, { seq: by.seq, atMs: by.sentAtMs, text, ...(mentions && { mentions }) })
}

/** The seqs of the acts that the message shows. What was deleted stays it, whatever becomes of that act. */
export function actsOf({ fold }: StoredMessage): number[] {
  return [...(fold?.edits ?? []), ...(fold?.reactions ?? [])].map(({ seq }) => seq)
}

/** The message without what these acts have done. */
export function withoutActs(message: StoredMessage, seqs: ReadonlySet<number>): StoredMessage {
  const { fold } = message
  if (!fold) return message
  const isLeft = ({ seq }: { readonly seq: number }): boolean => !seqs.has(seq)
  const { edits = [], reactions = [] } = fold
  return { ...message, fold: { ...fold, edits: edits.filter(isLeft), reactions: reactions.filter(isLeft) } }
}

/** Nothing is left but its place, its sender, its time, and who deleted it. */
function deleted(message: StoredMessage, by: StoredMessage): StoredMessage | undefined {
  const before = message.fold?.deleted
  if (before && before.seq <= by.seq) return undefined
  const { chat, seq, sender, sentAtMs, isFromHere, briefBefore } = message
  return {
    chat,
    seq,
    sender,
    sentAtMs,
    isFromHere,
    ...(briefBefore && { briefBefore }),
    fold: { deleted: { seq: by.seq, sender: by.sender, atMs: by.sentAtMs } },
  }
}

function edited(message: StoredMessage, edit: StoredEdit): StoredMessage | undefined {
  const before = message.fold?.edits ?? []
  const edits = newest([...before.filter(({ seq }) => seq !== edit.seq), edit], EDITS_KEPT_MAX)
  if (isSame(before, edits)) return undefined
  return { ...message, fold: { ...message.fold, edits } }
}

function reacted(
  message: StoredMessage,
  reaction: StoredReaction,
  nameOf: NameOf,
): StoredMessage | undefined {
  const before = message.fold?.reactions ?? []
  const user = nameOf(reaction.sender)
  const own = before.filter(({ sender }) => nameOf(sender) === user)
  if (own.some(({ seq }) => seq >= reaction.seq)) return undefined
  const others = before.filter(({ sender }) => nameOf(sender) !== user)
  const reactions = newest([...others, reaction], REACTIONS_KEPT_MAX)
  if (isSame(before, reactions)) return undefined
  return { ...message, fold: { ...message.fold, reactions } }
}

function newest<Act extends { readonly seq: number }>(acts: readonly Act[], max: number): Act[] {
  return [...acts].sort((a, b) => a.seq - b.seq).slice(-max)
}

function isSame(a: readonly { readonly seq: number }[], b: readonly { readonly seq: number }[]): boolean {
  return a.length === b.length && a.every(({ seq }, i) => seq === b[i]?.seq)
}
