import { decodeUp, encodeDeadEntry, encodeDown, MalformedFrame } from '../../proto/codec.ts'
import { errorCode } from '../../proto/errors.ts'
import { peekRequest, peekUp, type Peeked } from '../../proto/peek.ts'
import { decodeEnvelope, type DecodedEnvelope } from '../../proto/server-codec.ts'
import { DEAD_MAILBOX, userMailbox, type Append } from '../mailbox/store.ts'

/**
 * What is appended when an entry is set aside: the entry itself to the dead mailbox, and Rejected `internal` to the
 * device that sent it for each of its sends that waits for an answer.
 */
export function deadLetter(partition: number, envelopeBytes: Uint8Array, nowMs: number): Append[] {
  const envelope = readable(envelopeBytes)
  const { user, device, chat } = envelope
  const dead = { partition, user, device, chat, setAsideAtMs: nowMs, envelope: envelopeBytes }
  const appends: Append[] = [{ mailbox: DEAD_MAILBOX, bytes: encodeDeadEntry(dead) }]
  const code = errorCode('internal')
  for (const asked of askedBy(envelope)) {
    const bytes = encodeDown({ rejected: [{ ...asked, code }] })
    appends.push({ mailbox: userMailbox(user), bytes, only: device })
  }
  return appends
}

/** The envelope; an empty one in place of what can't be read, which is set aside as it is: nobody is told. */
function readable(envelopeBytes: Uint8Array): DecodedEnvelope {
  try {
    return decodeEnvelope(envelopeBytes)
  } catch (error) {
    if (!(error instanceof MalformedFrame)) throw error
    return decodeEnvelope(new Uint8Array())
  }
}

type Asked = Peeked | { chat: Uint8Array }

/** How the sender knows what is refused; nothing if nobody waits for an answer. */
function askedBy(envelope: DecodedEnvelope): Asked[] {
  const { request, up, moreUps, chat } = envelope
  if (request != null) return [{ request: peekRequest(request) }]
  return up == null ? [] : [up, ...moreUps].flatMap((bytes) => askedByUp(bytes, chat))
}

function askedByUp(bytes: Uint8Array, chat: Uint8Array): Asked[] {
  if (isSignal(bytes)) return []
  const { clientSeq, request } = peekUp(bytes)
  if (request !== undefined) return [{ request }]
  // Not even a number can be read: the chat is all that is known.
  return [clientSeq === undefined ? { chat } : { clientSeq }]
}

/** Whether it is one of those that have no answer. */
function isSignal(bytes: Uint8Array): boolean {
  try {
    const { body } = decodeUp(bytes)
    return body === 'read' || body === 'typing'
  } catch {
    return false
  }
}
