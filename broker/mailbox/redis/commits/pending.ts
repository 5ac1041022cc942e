import type { MailboxRecords } from '../append.ts'
import type { SharedBodies } from '../bodies.ts'
import type { Argument } from '../call.ts'
import { stateKey } from '../keys.ts'
import { isNumbered, numberedRecord, referenceIn } from '../record.ts'
import { bytesOf, textOf, type Reply } from '../script.ts'
import type { Put } from '../../store.ts'

/** Chats' states as COMMIT_SCRIPT takes them. */
export function putArguments(partition: number, puts: readonly Put[]): { keys: string[]; args: Argument[] } {
  const chats = new Map<string, Map<string, Uint8Array | undefined>>()
  for (const { chat, field, value } of puts) {
    const fields = chats.get(chat) ?? new Map<string, Uint8Array | undefined>()
    chats.set(chat, fields.set(field, value))
  }
  const args: Argument[] = []
  for (const fields of chats.values()) {
    const sets = [...fields].flatMap(([field, value]) => (value === undefined ? [] : [field, value]))
    const deletes = [...fields].flatMap(([field, value]) => (value === undefined ? [field] : []))
    args.push(sets.length, deletes.length, ...sets, ...deletes)
  }
  return { keys: [...chats.keys()].map((chat) => stateKey(partition, chat)), args }
}

/** How many bodies, and for each its id, its bytes, and how many are to share it. */
export function bodyArguments(bodies: SharedBodies | undefined): Argument[] {
  const all = [...(bodies?.byBytes.values() ?? [])]
  return [all.length, ...all.flatMap(({ id, bytes, copies }) => [id, bytes, copies])]
}

/** Each record once, and for each group which of them are its own: one message goes to many. */
export function shareRecords(groups: readonly MailboxRecords[]): {
  records: Uint8Array[]
  indexes: number[][]
} {
  const known = new Map<Uint8Array, number>()
  const indexes = groups.map((group) =>
    group.records.map((record) => {
      const index = known.get(record) ?? known.size
      known.set(record, index)
      return index
    }),
  )
  return { records: [...known.keys()], indexes }
}

/** Whoever makes the appends of a commit gives its references the same numbers, those of each body from 0. */
export function numberReferences(groups: readonly MailboxRecords[]): MailboxRecords[] {
  const next = new Map<string, number>()
  return groups.map((group) => ({
    ...group,
    records: group.records.map((record) => {
      const id = referenceIn(record)?.id
      if (id === undefined || !isNumbered(record)) return record
      const number = next.get(id) ?? 0
      next.set(id, number + 1)
      return numberedRecord(record, number)
    }),
  }))
}

/** Elements of what is pending: how many records, they, then per mailbox `<indexes, with commas> <mailbox>`. */
export function pendingElements(groups: readonly MailboxRecords[]): Argument[] {
  const { records, indexes } = shareRecords(groups)
  return [
    records.length,
    ...records,
    ...groups.map(({ mailbox }, i) => `${indexes[i]?.join(',')} ${mailbox}`),
  ]
}

export function groupsOf(elements: readonly Reply[]): MailboxRecords[] {
  const count = Number(textOf(elements[0]))
  return elements.slice(1 + count).map((element) => {
    const [indexes = '', mailbox = ''] = textOf(element).split(' ')
    const records = indexes.split(',').map((index) => bytesOf(elements[1 + Number(index)]))
    return { mailbox, records, items: records.map((_, i) => i) }
  })
}
