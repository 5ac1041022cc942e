import { describe, expect, it } from 'vitest'
import { Turn, type Due } from '../../../kit/turn.ts'

const rethrow = (error: unknown): never => {
  throw error
}
const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a turn', () => {
  it('flushes each thing once, however often it asked', async () => {
    const turn = new Turn(rethrow)
    const flushed: string[] = []
    const thing = (name: string): Due => ({ isDue: false, flush: () => flushed.push(name) })
    const [a, b] = [thing('a'), thing('b')]
    for (const due of [a, b, a, b, a]) turn.add(due)
    await endOfTurn()
    expect(flushed).toEqual(['a', 'b'])
    turn.add(b)
    await endOfTurn()
    expect(flushed).toEqual(['a', 'b', 'b'])
  })

  it('flushes the others of a turn when one of them throws, and says so to that one', async () => {
    const failures: unknown[] = []
    const turn = new Turn((error) => failures.push(error))
    const told: string[] = []
    const error = new Error('a mistake')
    const bad: Due = {
      isDue: false,
      flush: () => {
        throw error
      },
      broken: () => told.push('broken'),
    }
    turn.add(bad)
    turn.add({ isDue: false, flush: () => told.push('flushed') })
    await endOfTurn()
    expect([failures, told, bad.isDue]).toEqual([[error], ['broken', 'flushed'], false])
  })

  it('flushes in the next turn what asks while it is flushed', async () => {
    const turn = new Turn(rethrow)
    let flushes = 0
    const again: Due = {
      isDue: false,
      flush: () => {
        if (++flushes < 3) turn.add(again)
      },
    }
    turn.add(again)
    await endOfTurn()
    expect(flushes).toBe(1)
    await endOfTurn()
    await endOfTurn()
    expect(flushes).toBe(3)
  })
})
