import { decodeUp } from '../../proto/codec.ts'
import { UP_BYTES_MAX } from '../../proto/limits.ts'
import { peekUp } from '../../proto/peek.ts'
import type { Entry } from '../chat/apply.ts'

/** @param bytes an Up as a device sent it */
export function upContent(bytes: Uint8Array | null | undefined): Entry['content'] {
  const up = bytes ?? new Uint8Array()
  if (up.length > UP_BYTES_MAX) return { kind: 'unreadable', code: 'too-large', of: peekUp(up) }
  try {
    const decoded = decodeUp(up)
    // To ask which body it has costs a look at all fields, and nearly all are messages.
    const kind = decoded.message ? 'message' : decoded.body
    if (kind !== undefined) return { kind: 'up', is: kind, up: decoded }
    return { kind: 'unreadable', code: 'unsupported', of: peekUp(up) }
  } catch {
    return { kind: 'unreadable', code: 'malformed', of: peekUp(up) }
  }
}
