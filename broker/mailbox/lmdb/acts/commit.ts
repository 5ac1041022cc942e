import { partitionMailbox, type Commit, type CommitOutcome } from '../../store.ts'
import { bodiesIn } from '../../shared-bodies.ts'
import { append } from './append.ts'
import type { Parts } from '../parts.ts'

const REFUSED: CommitOutcome = { outcome: 'refused' }

/** Decides a worker's result: all of it becomes part of this transaction, or nothing. */
export function commit(parts: Parts, { partition, epoch, from, upTo, puts, appends }: Commit): CommitOutcome {
  const mailbox = parts.working.mailbox(partitionMailbox(partition))
  // A partition has one reader: the worker group.
  const [[name, reader] = []] = mailbox.readers
  if (name === undefined || reader === undefined || reader.epoch !== epoch) return REFUSED
  if (upTo < from || upTo > mailbox.head) return REFUSED
  if (reader.cursor !== from) {
    return upTo > from && reader.cursor === upTo ? { outcome: 'done', appends: [] } : REFUSED
  }
  if (upTo > from) parts.journal.committed(mailbox, name, upTo)
  for (const put of puts) parts.journal.put(partition, put)
  return { outcome: 'done', appends: append(parts, appends, bodiesIn(appends)) }
}
