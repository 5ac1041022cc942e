// What does a device get whose mailbox overflowed while it was away? The newest, and a marked gap.
import { expect, test } from 'vitest'
import { useServer } from '../../support/use-server.ts'

const use = useServer({ RESTANTE_MAILBOX_ENTRIES_MAX: '50' })

test('G2 G8 beyond the mailbox limit the oldest go, the gap is said first, the rest comes in order', async () => {
  const alice = await use.phone('alice/phone')
  await use.users('bob')
  // Too long for two of them to share an entry.
  await alice.tellAll(
    'bob',
    Array.from({ length: 120 }, (_, i) => `${i + 1}`.padEnd(3_000)),
  )
  const bob = await use.phone('bob/phone')
  const gap = await bob.next('gaps')
  expect(gap.dropped).toBeGreaterThanOrEqual(60)
  const texts: number[] = []
  while (texts.at(-1) !== 120) texts.push(Number((await bob.message()).text))
  expect(texts.length).toBeGreaterThan(20)
  expect(texts.length).toBeLessThanOrEqual(50)
  expect(texts).toEqual(Array.from({ length: texts.length }, (_, i) => 121 - texts.length + i))
  await alice.tell('bob', 'later')
  expect((await bob.message()).text).toBe('later')
  expect(bob.items().filter((one) => one.kind === 'gaps')).toEqual([])
})
