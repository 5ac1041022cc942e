// Does a reader that has frozen hold up anybody but itself, and does it get everything when it thaws?
import { expect, test } from 'vitest'
import { FaultProxy } from '../../support/fault-proxy.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

test('trap 10: a frozen reader fills its own window and nobody else’s', async () => {
  const proxy = await FaultProxy.start({ port: use.server.port })
  const frozen = await use.phone('bob/phone', { port: proxy.port })
  const alice = await use.phone('alice/phone')
  const carol = await use.phone('carol/phone')
  const group = await alice.createGroup('trip', ['bob', 'carol'])
  await frozen.message(group)
  await carol.message(group)
  proxy.freeze()
  const text = 'x'.repeat(20_000)
  const slowest: number[] = []
  for (let i = 0; i < 200; i++) {
    const startMs = performance.now()
    await alice.text(group, `${i} ${text}`)
    expect((await carol.message(group)).text.split(' ')[0]).toBe(`${i}`)
    slowest.push(performance.now() - startMs)
  }
  expect(Math.max(...slowest)).toBeLessThan(10_000)
  proxy.thaw()
  for (let i = 0; i < 200; i++) expect((await frozen.message(group)).text.split(' ')[0]).toBe(`${i}`)
  await proxy.stop()
})

test('G8 a device that acknowledges nothing gets no more than its window', async () => {
  const alice = await use.phone('alice/phone')
  const dave = await use.phone('dave/phone', { acks: false })
  for (let i = 0; i < 300; i++)
    await alice.text(alice.direct('dave'), `${i} ${'y'.repeat(3_000)}`, { peer: 'dave' })
  await alice.accepted(await alice.text(alice.direct('dave'), 'end', { peer: 'dave' }))
  await dave.raw.roundTrip()
  const inFlight = dave.frames().reduce((sum, frame) => sum + frame.size, 0)
  expect(inFlight).toBeGreaterThan(3_000)
  expect(inFlight).toBeLessThan(700_000)
})
