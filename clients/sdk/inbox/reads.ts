import { type DecodedDown, isChatField } from '../../../proto/codec.ts'
import { chatIdOf, type ChatId } from '../../../proto/ids.ts'
import type { Chats } from '../chats/chats.ts'
import type { Folding } from '../content/folding.ts'
import { readContent } from '../content/wire.ts'
import type { Outbox } from '../outbox/outbox.ts'

/**
 * What folding a frame needs of the local store: messages that are acted on, and acts that came before their message.
 * Mostly there are none.
 */
export function readsFor(
  folding: Folding,
  down: DecodedDown,
  { chats, outbox }: { readonly chats: Chats; readonly outbox: Outbox },
): (() => Promise<void>)[] {
  const reads: (() => Promise<void>)[] = []
  const look = (id: ChatId, seq: number, target: number | undefined): void => {
    const chat = chats.get(id)
    if (chat.sequence.has(seq)) return
    if (target !== undefined) reads.push(() => folding.readMessage(chat, target))
    if (seq < chat.lastSeq) reads.push(() => folding.readBehind(chat, seq))
  }
  for (const { chat, seq, content, text } of down.messages) {
    if (!isChatField(chat)) continue
    const target = content?.length ? readContent(content, text ?? '').act?.seq : undefined
    look(chatIdOf(chat), seq ?? 0, target)
  }
  for (const accepted of down.accepted) {
    const first = accepted.clientSeq ?? 0
    for (const clientSeq of outbox.unanswered(first, first + (accepted.more ?? 0))) {
      const item = outbox.item(clientSeq)
      if (!item) continue
      const target = item.command.kind === 'act' ? item.command.act.seq : undefined
      look(item.chat, (accepted.seq ?? 0) + clientSeq - first, target)
    }
  }
  return reads
}
