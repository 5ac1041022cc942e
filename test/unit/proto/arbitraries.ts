import fc from 'fast-check'
import type { Down, Up } from '../../../proto/codec.ts'
import { NUMBER_MAX } from '../../../proto/limits.ts'

/** Random frames of every kind, within the limits of the protocol. */
const count = fc.oneof(fc.nat({ max: 300 }), fc.integer({ min: 0, max: NUMBER_MAX }))
const uint32 = fc.oneof(fc.nat({ max: 300 }), fc.integer({ min: 0, max: 0xffffffff }))
export const chatBytes = fc.uint8Array({ minLength: 10, maxLength: 10 })
const bytes = fc.uint8Array({ maxLength: 60 })
const text = fc.string({ unit: 'binary', maxLength: 40 })
export const userId = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,20}$/)
const users = fc.array(userId, { maxLength: 5 })
const role = fc.constantFrom(0, 1, 2)
const member = fc.record({ number: uint32, user: userId, role })
const members = fc.array(member, { maxLength: 4 })

const change = fc.oneof(
  fc.record({ created: fc.record({ name: text, members }) }),
  fc.record({ added: fc.record({ members, roster: fc.record({ name: text, members }) }) }),
  fc.record({ removed: fc.record({ members: fc.array(uint32, { maxLength: 4 }) }) }),
  fc.record({ left: fc.record({}) }),
  fc.record({ renamed: fc.record({ name: text }) }),
  fc.record({ roleSet: fc.record({ member: uint32, role }) }),
  fc.record({ disappearingSet: fc.record({ afterS: uint32 }) }),
)
const messageHead = { chat: chatBytes, seq: count, sender: uint32, sentAtS: uint32 }
export const message = fc.oneof(
  fc.record({ ...messageHead, text }),
  fc.record({ ...messageHead, body: bytes, contentType: text }),
  fc.record({ ...messageHead, change }),
  fc.record({ ...messageHead, text, content: bytes, quiet: fc.boolean(), briefBefore: uint32 }),
  fc.record({ ...messageHead, text, directMembers: fc.tuple(userId, userId) }),
)

const answer = fc.oneof(
  fc.record({ done: fc.record({}) }),
  fc.record({
    chats: fc.record({
      chats: fc.array(fc.record({ chat: chatBytes, lastSeq: count, members }), { maxLength: 3 }),
      next: bytes,
    }),
  }),
  fc.record({
    receipts: fc.record({
      chat: chatBytes,
      seq: count,
      others: uint32,
      deliveredTo: fc.array(uint32, { maxLength: 4 }),
    }),
  }),
  fc.record({
    devices: fc.record({
      devices: fc.array(fc.record({ name: text, linkedAtMs: count, connected: fc.boolean() }), {
        maxLength: 3,
      }),
    }),
  }),
)

/** A Down with exactly one item: a mailbox entry. */
export const downEntry: fc.Arbitrary<Down> = fc.oneof(
  message.map((one) => ({ messages: [one] })),
  fc.record({ clientSeq: count, seq: count, more: uint32 }).map((one) => ({ accepted: [one] })),
  fc
    .record({ clientSeq: count, code: uint32, retryAfterS: uint32, chat: bytes, request: uint32 })
    .map((one) => ({ rejected: [one] })),
  fc
    .record({ chat: chatBytes, delivered: count, read: count, ownRead: count })
    .map((one) => ({ receipts: [one] })),
  fc.record({ chat: chatBytes, member: uint32, stopped: fc.boolean() }).map((one) => ({ typing: [one] })),
  fc.tuple(uint32, answer).map(([request, one]) => ({ responses: [{ request, ...one }] })),
  fc.record({ dropped: count }).map((one) => ({ gaps: [one] })),
)

export const up: fc.Arbitrary<Up> = fc.oneof(
  fc.record({ clientSeq: count, text, peer: userId }).map((message) => ({ message })),
  fc.record({ clientSeq: count, body: bytes, contentType: text }).map((message) => ({ message })),
  fc.record({ upTo: count }).map((read) => ({ read })),
  fc.record({ stopped: fc.boolean() }).map((typing) => ({ typing })),
  fc.record({ clientSeq: count, name: text, members: users }).map((create) => ({ create })),
  fc.record({ clientSeq: count, members: users }).map((add) => ({ add })),
  fc.record({ clientSeq: count, members: users }).map((remove) => ({ remove })),
  fc.record({ clientSeq: count }).map((leave) => ({ leave })),
  fc.record({ clientSeq: count, name: text }).map((rename) => ({ rename })),
  fc.record({ clientSeq: count, member: userId, role: uint32 }).map((setRole) => ({ setRole })),
  fc.record({ clientSeq: count, afterS: uint32 }).map((setDisappearing) => ({ setDisappearing })),
  fc.record({ request: uint32, receipts: fc.record({ seq: count }) }).map((query) => ({ query })),
)
