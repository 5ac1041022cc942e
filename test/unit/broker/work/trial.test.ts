import { describe, expect, it } from 'vitest'
import type { Put } from '../../../../broker/mailbox/store.ts'
import { Trial } from '../../../../broker/work/trial.ts'

const AT_MOST = 3
const bytes = (text: string): Uint8Array => Buffer.from(text)
/** What the store has: the entry that was last sent alone, and the leases under which something was sent. */
const notes = (entry?: string, leases?: string): ReadonlyMap<string, Uint8Array> =>
  new Map([
    ...(entry === undefined ? [] : [['entry', bytes(entry)] as const]),
    ...(leases === undefined ? [] : [['leases', bytes(leases)] as const]),
  ])
const kept = ({ field, value }: Put): ReadonlyMap<string, Uint8Array> =>
  new Map([[field, value ?? new Uint8Array()]])
const start = (takeovers: number) => ({ cursor: 10, head: 20, takeovers })

describe('the trial of an entry', () => {
  it('lets entries go together while leases end in commits', () => {
    const trial = new Trial(start(1), notes(), AT_MOST)
    expect([trial.isSingle(11), trial.isToCount]).toEqual([false, false])
  })

  it('counts no leases under which nothing was sent, however many there were', () => {
    const trial = new Trial(start(99), notes(), AT_MOST)
    expect(trial.isSingle(11)).toBe(false)
  })

  it('counts a lease once something is to be sent under it, from the second on', () => {
    const first = new Trial(start(2), notes(), AT_MOST)
    expect(first.isToCount).toBe(true)
    first.counted()
    expect(first.isToCount).toBe(false)
    let left = kept(first.leaseNote)
    for (let lease = 2; lease <= AT_MOST; lease++) {
      const trial = new Trial(start(lease + 1), left, AT_MOST)
      expect(trial.isSingle(11)).toBe(false)
      left = kept(trial.leaseNote)
    }
    expect(new Trial(start(9), left, AT_MOST).isSingle(11)).toBe(true)
  })

  it('counts none from before a commit', () => {
    expect(new Trial(start(9), notes(undefined, '9 99'), AT_MOST).isSingle(11)).toBe(false)
    expect(new Trial(start(1), notes(undefined, '10 99'), AT_MOST).isSingle(11)).toBe(false)
  })

  it('lets those that waited at its start go singly after so many leases, and later ones together', () => {
    const trial = new Trial(start(4), notes(undefined, '10 3'), AT_MOST)
    expect([11, 20, 21].map((position) => trial.isSingle(position))).toEqual([true, true, false])
    expect(trial.isCondemned(11)).toBe(false)
  })

  it('condemns the entry that the owner before noted and did not commit', () => {
    const trial = new Trial(start(5), notes('11 1', '10 4'), AT_MOST)
    expect([11, 12].map((position) => trial.isCondemned(position))).toEqual([true, false])
  })

  it('gives a second try where commits came between', () => {
    const second = new Trial(start(1), notes('11 1'), AT_MOST)
    expect(second.isCondemned(11)).toBe(false)
    expect(second.isSingle(11)).toBe(true)
    expect(new Trial(start(1), kept(second.noteOf(11)), AT_MOST).isCondemned(11)).toBe(true)
  })

  it('finds nobody guilty by a note of an entry that was committed', () => {
    const trial = new Trial(start(9), notes('10 5', '10 9'), AT_MOST)
    expect(trial.isCondemned(10)).toBe(false)
    expect(trial.isCondemned(11)).toBe(false)
  })

  it('sends nothing before its note is in the store, and notes each entry anew', () => {
    const trial = new Trial(start(3), notes(undefined, '10 3'), AT_MOST)
    expect(trial.isNoted).toBe(false)
    trial.noted(11)
    expect(trial.isNoted).toBe(true)
    trial.sent()
    expect(trial.isNoted).toBe(false)
    expect(Buffer.from(trial.noteOf(12).value ?? []).toString()).toBe('12 1')
  })

  it('reads only what it wrote', () => {
    for (const text of ['', 'x', '11', '11 ', '-1 1', '11 1 1'])
      expect(new Trial(start(9), notes(text, text), AT_MOST).isCondemned(11)).toBe(false)
  })
})
