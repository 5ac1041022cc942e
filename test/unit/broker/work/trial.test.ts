import { describe, expect, it } from 'vitest'
import { Trial } from '../../../../broker/work/trial.ts'

const AT_MOST = 3
const note = (position: number, tries: number): Uint8Array => Buffer.from(`${position} ${tries}`)
const start = (takeovers: number) => ({ cursor: 10, head: 20, takeovers })

describe('the trial of an entry', () => {
  it('lets entries go together while leases end in commits', () => {
    const trial = new Trial(start(2), undefined, AT_MOST)
    expect(trial.isSingle(11)).toBe(false)
  })

  it('lets those that waited at its start go singly from the third lease on, and later ones together', () => {
    const trial = new Trial(start(3), undefined, AT_MOST)
    expect([11, 20, 21].map((position) => trial.isSingle(position))).toEqual([true, true, false])
    expect(trial.isCondemned(11)).toBe(false)
  })

  it('condemns the entry that the owner before noted and did not commit', () => {
    const trial = new Trial(start(4), note(11, 1), AT_MOST)
    expect([11, 12].map((position) => trial.isCondemned(position))).toEqual([true, false])
  })

  it('gives a second try where commits came between', () => {
    const second = new Trial(start(1), note(11, 1), AT_MOST)
    expect(second.isCondemned(11)).toBe(false)
    expect(second.isSingle(11)).toBe(true)
    const { value } = second.noteOf(11)
    expect(new Trial(start(1), value, AT_MOST).isCondemned(11)).toBe(true)
  })

  it('finds nobody guilty by a note of an entry that was committed', () => {
    const trial = new Trial(start(9), note(10, 5), AT_MOST)
    expect(trial.isCondemned(10)).toBe(false)
    expect(trial.isCondemned(11)).toBe(false)
  })

  it('sends nothing before its note is in the store, and notes each entry anew', () => {
    const trial = new Trial(start(3), undefined, AT_MOST)
    expect(trial.isNoted).toBe(false)
    trial.noted(11)
    expect(trial.isNoted).toBe(true)
    trial.sent()
    expect(trial.isNoted).toBe(false)
    expect(Buffer.from(trial.noteOf(12).value ?? []).toString()).toBe('12 1')
  })

  it('reads only what it wrote', () => {
    for (const text of ['', 'x', '11', '11 ', '-1 1', '11 1 1'])
      expect(new Trial(start(9), Buffer.from(text), AT_MOST).isCondemned(11)).toBe(false)
  })
})
