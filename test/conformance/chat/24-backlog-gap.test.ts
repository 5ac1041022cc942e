// What does a device get whose mailbox overflowed while it was away? The newest, and a marked gap.
import { expect, test } from 'vitest'
import { useServer } from '../../support/use-server.ts'

const use = useServer({
  RESTANTE_MAILBOX_ENTRIES_MAX: '50',
  // Bob has not answered: alice is a stranger to him.
  RESTANTE_MAILBOX_STRANGERS_PERCENT_MAX: '100',
})

test('G2 G8 beyond the mailbox limit the largest chat gives way, its gap is said first, the rest comes in order', async () => {
  const alice = await use.phone('alice/phone')
  await use.users('bob')
  const carol = await use.phone('carol/phone')
  await carol.tell('bob', 'first')
  // Too long for two of them to share an entry.
  await alice.tellAll(
    'bob',
    Array.from({ length: 120 }, (_, i) => `${i + 1}`.padEnd(3_000)),
  )
  const bob = await use.phone('bob/phone')
  const gap = await bob.next('gaps')
  expect(gap).toMatchObject({ firstSeq: 1 })
  expect(gap.lastSeq).toBeGreaterThanOrEqual(60)
  expect(gap.dropped).toBe(gap.lastSeq)
  expect((await bob.message()).text).toBe('first')
  const texts: number[] = []
  while (texts.at(-1) !== 120) texts.push(Number((await bob.message()).text))
  expect(texts.length).toBeGreaterThan(20)
  expect(texts.length).toBeLessThanOrEqual(50)
  expect(texts).toEqual(Array.from({ length: texts.length }, (_, i) => 121 - texts.length + i))
  await alice.tell('bob', 'later')
  expect((await bob.message()).text).toBe('later')
  expect(bob.items().filter((one) => one.kind === 'gaps')).toEqual([])
})
