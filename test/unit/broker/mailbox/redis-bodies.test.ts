import { expect, it, vi } from 'vitest'
import type { Acts } from '../../../../broker/mailbox/redis/batches.ts'
import { RedisBodies } from '../../../../broker/mailbox/redis/bodies.ts'
import { RedisClock } from '../../../../broker/mailbox/redis/clock.ts'
import type { Append } from '../../../../broker/mailbox/store.ts'
import { encodeDown } from '../../../../proto/codec.ts'

const ACTS: Acts = {
  run: async () => 1,
  runAll: async (acts) => acts.map(() => 1),
  settleAll: async (acts) => acts.map(() => 1),
}

it('looks at each append of a commit a few times, however many messages it is about (G8)', async () => {
  let looks = 0
  const appends = Array.from({ length: 100 }, (_, seq) => {
    const bytes = encodeDown({
      messages: [{ chat: new Uint8Array(10), seq: seq + 1, text: 'x'.repeat(200) }],
    })
    return Array.from(
      { length: 100 },
      (_one, user): Append => ({
        mailbox: `u/${user}`,
        get bytes() {
          looks++
          return bytes
        },
      }),
    )
  }).flat()
  const bodies = new RedisBodies(ACTS, new RedisClock(ACTS, { uptime: () => 0 }), 1_000)
  const shared = await bodies.of({ partition: 0, epoch: 1, from: 0, upTo: 1, puts: [], appends })
  expect(Array.from(shared?.byBytes.values() ?? [], ({ copies }) => copies)).toEqual(Array(100).fill(100))
  expect(looks).toBeLessThan(10 * appends.length)
})

it('is copies while the server that notes their end is away: a partition waits for its own alone (G2)', async () => {
  let note: (reply: number) => void = () => undefined
  const run: Acts['run'] = () => new Promise((resolve) => (note = resolve))
  const bodies = new RedisBodies({ ...ACTS, run }, new RedisClock(ACTS, { uptime: () => 0 }), 1_000)
  const bytes = encodeDown({ messages: [{ chat: new Uint8Array(10), seq: 1, text: 'x'.repeat(20_000) }] })
  const appends = ['u/ann', 'u/bob'].map((mailbox): Append => ({ mailbox, bytes }))
  const commit = { partition: 0, epoch: 1, from: 0, upTo: 1, puts: [], appends }
  expect(await bodies.of(commit)).toBeUndefined()
  note(1)
  await vi.waitFor(async () => expect((await bodies.of(commit))?.byBytes.size).toBe(1))
})
