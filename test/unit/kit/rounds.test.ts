import { describe, expect, it } from 'vitest'
import { Rounds } from '../../../kit/rounds.ts'

describe('rounds', () => {
  it('are one at a time, and what is asked for meanwhile is one more', async () => {
    const ends: (() => void)[] = []
    const rounds = new Rounds(() => new Promise((resolve) => ends.push(resolve)))
    const first = rounds.look()
    void rounds.look()
    await Promise.resolve()
    expect(ends).toHaveLength(1)
    void rounds.look()
    void rounds.look()
    ends[0]?.()
    await new Promise((resolve) => setImmediate(resolve))
    expect(ends).toHaveLength(2)
    ends[1]?.()
    await first
    await rounds.settled()
    void rounds.look()
    await Promise.resolve()
    expect(ends).toHaveLength(3)
  })

  it('loses none that is asked for as the last one ends', async () => {
    let count = 0
    const rounds = new Rounds(async () => void count++)
    for (let i = 1; i <= 50; i++) {
      const done = rounds.look()
      for (let turns = 0; turns < i % 7; turns++) await Promise.resolve()
      const before = count
      await rounds.look()
      expect(count).toBeGreaterThan(before)
      await done
    }
  })

  it('go on behind one that fails; who asked for it hears of it, who waits for the end does not', async () => {
    let count = 0
    const rounds = new Rounds(async () => {
      if (++count === 1) throw new Error('the first')
      if (count === 2) throw new Error('the second')
    })
    const first = rounds.look()
    await Promise.resolve()
    const second = rounds.look()
    const settled = rounds.settled()
    await expect(first).rejects.toThrow('the first')
    await expect(second).rejects.toThrow('the first')
    await settled
    expect(count).toBe(2)
    await rounds.look()
    expect(count).toBe(3)
  })

  it('go on behind one that throws before it has begun to wait', async () => {
    let count = 0
    const rounds = new Rounds(() => {
      if (++count === 1) throw new Error('at once')
      return Promise.resolve()
    })
    await expect(rounds.look()).rejects.toThrow('at once')
    await rounds.look()
    expect(count).toBe(2)
  })
})
