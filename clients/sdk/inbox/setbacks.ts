import { isChatField, isCount, type DecodedDown } from '../../../proto/codec.ts'
import { chatIdOf, type ChatId } from '../../../proto/ids.ts'
import type { Chats } from '../chats/chats.ts'
import { isMessage } from '../command.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import type { StoredMessage } from '../store/local-store.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { resolveUser } from '../chats/roster.ts'
import { ownMessage, receivedMessage } from './stored-message.ts'

/** Seqs of a frame that this device has already, with what stands there now, by chat. */
export type Repeats = ReadonlyMap<LocalChat, readonly StoredMessage[]>

/** Mostly none: what had no PUBACK when a connection broke comes again. */
export function repeatsIn(
  down: DecodedDown,
  { chats, outbox, user }: { readonly chats: Chats; readonly outbox: Outbox; readonly user: string },
): Repeats {
  const repeats = new Map<LocalChat, StoredMessage[]>()
  const look = (chat: LocalChat, seq: number, made: () => StoredMessage): void => {
    if (!isCount(seq) || !chat.sequence.has(seq)) return
    const found = repeats.get(chat)
    if (found) found.push(made())
    else repeats.set(chat, [made()])
  }
  for (const message of down.messages) {
    if (!isChatField(message.chat)) continue
    const chat = chats.get(chatIdOf(message.chat))
    look(chat, message.seq ?? 0, () => receivedMessage(message, chat))
  }
  for (const accepted of down.accepted) {
    const first = accepted.clientSeq ?? 0
    for (const clientSeq of outbox.unanswered(first, first + (accepted.more ?? 0))) {
      const item = outbox.item(clientSeq)
      // A command that changed nothing is accepted with a seq that is not its own.
      if (!item || !isMessage(item.command)) continue
      const seq = (accepted.seq ?? 0) + clientSeq - first
      look(chats.get(item.chat), seq, () => ownMessage(item, seq, user))
    }
  }
  return repeats
}

/**
 * The lowest seq of each chat under which another message stands in the local store: the server's mailboxes were
 * restored from an older backup, and it gives those seqs anew. A repeat whose original is pruned by now is taken for one.
 */
export async function setbacksIn(
  repeats: Repeats,
  stored: (chat: ChatId, after: number, before: number) => Promise<readonly StoredMessage[]>,
): Promise<ReadonlyMap<LocalChat, number>> {
  const setbacks = new Map<LocalChat, number>()
  for (const [chat, came] of repeats) {
    const seqs = came.map(({ seq }) => seq)
    const had = await stored(chat.id, Math.min(...seqs) - 1, Math.max(...seqs) + 1)
    const bySeq = new Map(had.map((message) => [message.seq, message]))
    const others = came.filter((message) => isAnother(chat, bySeq.get(message.seq), message))
    if (others.length > 0) setbacks.set(chat, Math.min(...others.map(({ seq }) => seq)))
  }
  return setbacks
}

/** Own sends carry the phone's time, all others that of the server, in seconds. */
function isAnother(chat: LocalChat, had: StoredMessage | undefined, came: StoredMessage): boolean {
  if (!had) return false
  const [hadBy, cameBy] = [had, came].map(({ sender }) => resolveUser(chat.roster, sender))
  if (hadBy !== undefined && cameBy !== undefined && hadBy !== cameBy) return true
  if (!had.isFromHere && !came.isFromHere && had.sentAtMs !== came.sentAtMs) return true
  // What it said is gone. A send without an answer is none that stands here already, nor does one's own come from others.
  if (had.isGone || had.fold?.deleted) return had.isFromHere || came.isFromHere
  return had.text !== came.text || !isEqual(had.body, came.body) || had.change?.kind !== came.change?.kind
}

function isEqual(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
