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
})
