import { messageMark } from '../../proto/down-entry.ts'
import { chatKeyAt } from '../../proto/envelope-entry.ts'
import type { FeedEntry } from '../mailbox/feed.ts'

/** The highest seq of one chat among the entries of a frame. */
export interface ChatMark {
  /** As chatKeyAt makes it. */
  readonly chatKey: string
  readonly seq: number
}

/** One PUBLISH that waits for its PUBACK. */
export interface LaneFrame {
  readonly packetId: number
  /** When this and all frames before it are acknowledged, the cursor may stand here. */
  readonly upTo: number
  readonly bytes: number
  readonly marks: readonly ChatMark[]
  isAcknowledged: boolean
}

const NO_MARKS: readonly ChatMark[] = []

/** The marks that the PUBACK of these entries will mean; entries that are no Messages mean none. */
export function marksOf(entries: { at(i: number): FeedEntry }, count: number): readonly ChatMark[] {
  if (count === 1) {
    const mark = markOf(entries.at(0).bytes)
    return mark === undefined ? NO_MARKS : [mark]
  }
  const highest = new Map<string, ChatMark>()
  for (let i = 0; i < count; i++) {
    const mark = markOf(entries.at(i).bytes)
    if (mark === undefined) continue
    const known = highest.get(mark.chatKey)
    if (known === undefined || known.seq < mark.seq) highest.set(mark.chatKey, mark)
  }
  return highest.size === 0 ? NO_MARKS : [...highest.values()]
}

function markOf(entry: Uint8Array): ChatMark | undefined {
  const mark = messageMark(entry)
  return mark === undefined ? undefined : { chatKey: chatKeyAt(mark.chat, 0), seq: mark.seq }
}
