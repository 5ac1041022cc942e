import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  acted,
  EDITS_KEPT_MAX,
  EDIT_WINDOW_MS,
  REACTIONS_KEPT_MAX,
} from '../../../../../clients/sdk/content/fold.ts'
import { isShown, isToldOf, isWaitingAct, placed } from '../../../../../clients/sdk/content/placed.ts'
import type { Act } from '../../../../../clients/sdk/said.ts'
import type { StoredMessage } from '../../../../../clients/sdk/store/local-store.ts'
import { groupChatId } from '../../../../../proto/ids.ts'

const chat = groupChatId(new Uint8Array(10).fill(1))
const HOUR = 3_600_000
/** Members whom this device knows by number only until it asks, as `#2` and `bob`. */
const nameOf = (sender: string): string => ({ '#1': 'ann', '#2': 'bob' })[sender] ?? sender

function message(seq: number, sender: string, more: Partial<StoredMessage> = {}): StoredMessage {
  return { chat, seq, sender, sentAtMs: seq * HOUR, isFromHere: false, text: `text ${seq}`, ...more }
}
function act(seq: number, sender: string, what: Act, more: Partial<StoredMessage> = {}): StoredMessage {
  const { text: _, ...head } = message(seq, sender)
  return { ...head, act: what, ...more }
}

/** A device: what came, in that order, repeats dropped by seq as a device does. */
function device(came: readonly StoredMessage[]): Map<number, StoredMessage> {
  const store = new Map<number, StoredMessage>()
  for (const one of came) {
    if (store.has(one.seq)) continue
    const near = {
      at: (seq: number) => store.get(seq),
      actsOn: (seq: number) => [...store.values()].filter((by) => by.act?.seq === seq && isWaitingAct(by)),
    }
    const { stored, changed } = placed(one, near, nameOf)
    for (const put of [stored, ...changed]) store.set(put.seq, put)
  }
  return store
}

/** What people see, by seq. */
function seenOn(store: Map<number, StoredMessage>): unknown[] {
  return [...store.values()]
    .filter(isShown)
    .sort((a, b) => a.seq - b.seq)
    .map(({ seq, text, fold }) => ({
      seq,
      text: fold?.deleted ? undefined : text,
      deleted: fold?.deleted && { seq: fold.deleted.seq, by: nameOf(fold.deleted.sender) },
      edits: (fold?.edits ?? []).map((edit) => [edit.seq, edit.text]),
      reactions: (fold?.reactions ?? []).map(({ seq: at, sender, emoji }) => [at, nameOf(sender), emoji]),
    }))
}

/** The same told another way: each message with all that was ever done to it. */
function seenByAll(log: readonly StoredMessage[]): unknown[] {
  return log.filter(isShown).map((said) => {
    const acts = log.filter((by) => by.act?.seq === said.seq && by.seq > said.seq && !said.change)
    const isAuthor = (by: StoredMessage): boolean => nameOf(by.sender) === nameOf(said.sender)
    const [first] = acts.filter((by) => by.act?.kind === 'delete' && (isAuthor(by) || by.isFromAdmin))
    const edits = acts.filter(
      (by) =>
        by.act?.kind === 'edit' &&
        isAuthor(by) &&
        !said.body &&
        by.sentAtMs <= said.sentAtMs + EDIT_WINDOW_MS,
    )
    const reactions = acts.filter(
      (by, i) =>
        by.act?.kind === 'reaction' &&
        !acts.some(
          (later, j) => j > i && later.act?.kind === 'reaction' && nameOf(later.sender) === nameOf(by.sender),
        ),
    )
    return {
      seq: said.seq,
      text: first ? undefined : said.text,
      deleted: first && { seq: first.seq, by: nameOf(first.sender) },
      edits: first
        ? []
        : edits.slice(-EDITS_KEPT_MAX).map((by) => [by.seq, by.act?.kind === 'edit' && by.act.text]),
      reactions: first
        ? []
        : reactions.map((by) => [by.seq, nameOf(by.sender), by.act?.kind === 'reaction' && by.act.emoji]),
    }
  })
}

const sender = fc.constantFrom('#1', '#2', 'bob', 'cid')
const anAct = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), text: fc.string({ minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('delete' as const) }),
  fc.record({ kind: fc.constant('reaction' as const), emoji: fc.constantFrom('', '👍', '🎉') }),
)
const entry = fc.oneof(
  { weight: 2, arbitrary: fc.record({ is: fc.constant('text' as const), sender }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('body' as const, 'change' as const), sender }) },
  {
    weight: 5,
    arbitrary: fc.record({
      is: fc.constant('act' as const),
      sender,
      act: anAct,
      target: fc.nat({ max: 4 }),
      isFromAdmin: fc.boolean(),
    }),
  },
)
/** A chat as the server has it, acts by those who may not, on acts, on what never was, and too late ones included. */
const log = fc
  .array(fc.record({ entry, afterMs: fc.constantFrom(1_000, HOUR, 20 * HOUR) }), {
    minLength: 4,
    maxLength: 30,
  })
  .map((entries) => {
    let sentAtMs = 0
    return entries.map(({ entry: one, afterMs }, i): StoredMessage => {
      sentAtMs += afterMs
      const seq = i + 1
      // Something to act on.
      if (i < 2 || one.is === 'text') return message(seq, one.sender, { sentAtMs })
      const { text: _, ...head } = message(seq, one.sender, { sentAtMs })
      if (one.is === 'body') return { ...head, body: new Uint8Array(1), contentType: '' }
      if (!('act' in one)) return { ...head, change: { kind: 'left' } }
      return { ...head, act: { ...one.act, seq: one.target }, ...(one.isFromAdmin && { isFromAdmin: true }) }
    })
  })

describe('what people see of a chat', () => {
  it('is the same on all devices, in whatever order and however often its messages come', () => {
    fc.assert(
      fc.property(
        log.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length }),
            fc.array(fc.nat({ max: Math.max(0, all.length - 1) })),
          ),
        ),
        ([all, shuffled, repeats]) => {
          const again = repeats.flatMap((i) => all[i] ?? [])
          const seen = seenOn(device([...shuffled, ...again]))
          expect(seen).toEqual(seenByAll(all))
          expect(seenOn(device(all))).toEqual(seen)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is nothing of what a device never had, and the same of all else', () => {
    fc.assert(
      fc.property(
        log.chain((all) => fc.tuple(fc.constant(all), fc.nat({ max: 30 }))),
        ([all, missing]) => {
          const had = all.filter(
            ({ seq }) => seq !== missing || all.some((by) => by.act && by.seq === missing),
          )
          const isThere = ({ seq }: { seq: number }): boolean => had.some((one) => one.seq === seq)
          expect(seenOn(device(had))).toEqual((seenByAll(all) as { seq: number }[]).filter(isThere))
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('an act that its sender may not do, or that is too late', () => {
  const said = message(5, 'bob')
  it.each([
    ['an edit by another', act(6, '#1', { kind: 'edit', seq: 5, text: 'x' })],
    ['an edit by an admin', act(6, '#1', { kind: 'edit', seq: 5, text: 'x' }, { isFromAdmin: true })],
    ['a delete by another', act(6, '#1', { kind: 'delete', seq: 5 })],
    [
      'an edit a second too late',
      act(6, '#2', { kind: 'edit', seq: 5, text: 'x' }, { sentAtMs: said.sentAtMs + EDIT_WINDOW_MS + 1_000 }),
    ],
    ['a reaction to a seq that never was', act(6, '#2', { kind: 'reaction', seq: 7, emoji: '👍' })],
    ['a reaction to itself', act(6, '#2', { kind: 'reaction', seq: 6, emoji: '👍' })],
  ])('%s changes nothing, and nobody is told', (_, by) => {
    const store = device([said, by, message(7, 'cid')])
    expect(seenOn(store)).toEqual(seenOn(device([said, message(7, 'cid')])))
    expect([...store.values()].filter(isToldOf).map(({ seq }) => seq)).toEqual([5, 7])
  })

  it('of an act is none: an edit cannot be edited, deleted, or reacted to', () => {
    const edit = act(6, 'bob', { kind: 'edit', seq: 5, text: 'second' })
    const on = [
      act(7, 'bob', { kind: 'edit', seq: 6, text: 'third' }),
      act(8, 'bob', { kind: 'delete', seq: 6 }),
      act(9, 'bob', { kind: 'reaction', seq: 6, emoji: '👍' }),
    ]
    expect(seenOn(device([said, edit, ...on]))).toEqual(seenOn(device([said, edit])))
  })

  it('just in time counts', () => {
    const sentAtMs = said.sentAtMs + EDIT_WINDOW_MS
    const store = device([said, act(6, '#2', { kind: 'edit', seq: 5, text: 'x' }, { sentAtMs })])
    expect(store.get(5)?.fold?.edits).toHaveLength(1)
  })
})

it('leaves nothing of what was deleted: no text, no earlier ones, neither in the message nor in its edits', () => {
  const acts = [
    act(2, 'bob', { kind: 'edit', seq: 1, text: 'secret 2' }),
    act(3, '#1', { kind: 'reaction', seq: 1, emoji: '👍' }),
    act(4, '#1', { kind: 'delete', seq: 1 }, { isFromAdmin: true }),
  ]
  const secret = message(1, 'bob', { text: 'secret 1', said: { contact: { name: 'secret 3' } } })
  for (const order of [
    [secret, ...acts],
    [...acts, secret],
    [acts[2] as StoredMessage, secret, ...acts],
  ]) {
    const kept = JSON.stringify([...device(order).values()])
    expect(kept).not.toContain('secret')
    expect(JSON.parse(kept)).toContainEqual(expect.objectContaining({ seq: 1, sender: 'bob' }))
  }
})

it('keeps of many edits the newest and the first text, of many reactions the newest users (G8)', () => {
  let said = message(1, 'bob')
  for (let i = 0; i <= EDITS_KEPT_MAX; i++)
    said = acted(said, act(2 + i, 'bob', { kind: 'edit', seq: 1, text: `${i}` }), nameOf) ?? said
  expect(said.text).toBe('text 1')
  expect(said.fold?.edits?.map(({ text }) => text)).toEqual(
    Array.from({ length: EDITS_KEPT_MAX }, (_, i) => `${i + 1}`),
  )
  // The first one, once more and late.
  expect(acted(said, act(2, 'bob', { kind: 'edit', seq: 1, text: '0' }), nameOf)).toBeUndefined()

  const reactions = Array.from({ length: REACTIONS_KEPT_MAX }, (_, i) => ({
    seq: 100 + i,
    sender: `user${i}`,
    emoji: '👍',
  }))
  const full = { ...said, fold: { reactions } }
  const one = acted(full, act(9_000, 'late', { kind: 'reaction', seq: 1, emoji: '👍' }), nameOf)
  expect(one?.fold?.reactions).toHaveLength(REACTIONS_KEPT_MAX)
  expect(one?.fold?.reactions?.[0]?.sender).toBe('user1')
  expect(acted(full, act(50, 'early', { kind: 'reaction', seq: 1, emoji: '👍' }), nameOf)).toBeUndefined()
})
