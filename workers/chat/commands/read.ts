import { isCount } from '../../../proto/codec.ts'
import { raiseMark } from '../receipts.ts'
import type { Step } from '../step.ts'

/**
 * The app says that everything up to a seq was read, so it was delivered too. Only a number that is none is answered:
 * who is not a member gets nothing either.
 */
export function readUpTo(step: Step, body: { readonly upTo?: number | null }): void {
  const { chat, user, device, postings } = step
  const upTo = body.upTo ?? 0
  if (!isCount(upTo)) {
    postings.push({
      kind: 'rejected',
      user,
      device,
      code: 'malformed',
      clientSeq: 0,
      retryAfterS: 0,
      chat: chat.bytes,
    })
    return
  }
  const reader = chat.member(user)
  if (reader === undefined) return
  raiseMark(step, reader, 'delivered', upTo)
  if (!raiseMark(step, reader, 'read', upTo)) return
  postings.push({ kind: 'own-read', user, exceptDevice: device, chat, seq: reader.read })
}
