import { messageSpan } from '../../../proto/down-entry.ts'
import { payloadLength, payloadOf, type Entry } from './entry.ts'

export interface Line {
  entries: number
  bytes: number
}

/** What waits in a mailbox, counted by chat (as latin1; '' of what is no message): ADR 0028. */
export class Tally {
  readonly known = new Map<string, Line>()
  readonly strangers = new Map<string, Line>()
  readonly ofStrangers: Line = { entries: 0, bytes: 0 }

  constructor(entries: Iterable<Entry>) {
    for (const entry of entries) this.add(entry)
  }

  add(entry: Entry): void {
    this.#count(entry, 1)
  }

  remove(entry: Entry): void {
    this.#count(entry, -1)
  }

  lineOf(entry: Entry): Line {
    const lines = entry.isFromStranger ? this.strangers : this.known
    const chat = chatOf(entry)
    let line = lines.get(chat)
    if (line === undefined) lines.set(chat, (line = { entries: 0, bytes: 0 }))
    return line
  }

  #count(entry: Entry, sign: 1 | -1): void {
    const bytes = sign * payloadLength(entry)
    const line = this.lineOf(entry)
    line.entries += sign
    line.bytes += bytes
    if (!entry.isFromStranger) {
      if (line.entries === 0) this.known.delete(chatOf(entry))
      return
    }
    this.ofStrangers.entries += sign
    this.ofStrangers.bytes += bytes
    if (line.entries === 0) this.strangers.delete(chatOf(entry))
  }
}

function chatOf(entry: Entry): string {
  const payload = payloadOf(entry)
  const chat = payload === undefined ? undefined : messageSpan(payload)?.chat
  return chat === undefined ? '' : Buffer.from(chat).toString('latin1')
}
