// What does a device get that was away while somebody set the server's clock 40 days ahead, or back?
import { expect, test } from 'vitest'
import { FakeTime } from '../../support/fake-time.ts'
import { useServer } from '../../support/use-server.ts'

const time = new FakeTime('clock')
const use = useServer(time.env)
const DAY_S = 86_400

test.each([
  ['40 days ahead', 40 * DAY_S],
  ['an hour ahead', 3_600],
  ['an hour behind', -3_600],
  ['40 days behind', -40 * DAY_S],
])(
  'G2 a clock that was set %s loses nothing, and nobody is kept out',
  { timeout: 60_000 },
  async (_, aheadS) => {
    const user = `bob${aheadS}`.replace('-', 'minus')
    const alice = await use.phone(`alice-of-${user}/phone`)
    await use.users(user)
    await alice.tell(user, 'before')
    time.set(aheadS)
    await alice.tell(user, 'meanwhile')
    const bob = await use.phone(`${user}/phone`, { acks: false })
    expect([(await bob.message()).text, (await bob.message()).text]).toEqual(['before', 'meanwhile'])
    const tablet = await use.phone(`${user}/tablet`)
    await bob.request({ request: 1, removeDevice: { user, device: 'tablet' } })
    await tablet.raw.expectClosed()
    bob.raw.cut()
    time.set(0)
    await alice.tell(user, 'after')
    const again = await use.phone(`${user}/phone`)
    const texts = [await again.message(), await again.message(), await again.message()].map(
      ({ text }) => text,
    )
    expect(texts).toEqual(['before', 'meanwhile', 'after'])
    expect(again.items().filter(({ kind }) => kind === 'gaps')).toEqual([])
    // A removed device is let in again with a newer token, whatever the clock said when it was removed.
    await use.phone(`${user}/tablet`, { iat: Math.floor(Date.now() / 1000) + 2 })
  },
)

test('G2 a start with the clock 40 days ahead loses nothing', { timeout: 60_000 }, async (context) => {
  time.needed(context)
  const exp = Math.floor(Date.now() / 1000) + 100 * DAY_S
  const [alicesToken, carolsToken] = [
    await use.token({ user: 'alice', exp }),
    await use.token({ user: 'carol', exp }),
  ]
  const alice = await use.phone('alice/phone', { token: alicesToken })
  await use.users('carol')
  await alice.tell('carol', 'before')
  await use.server.kill()
  time.set(40 * DAY_S)
  await use.server.restart()
  const carol = await use.phone('carol/phone', { token: carolsToken })
  expect((await carol.message()).text).toBe('before')
  expect(carol.items().filter(({ kind }) => kind === 'gaps')).toEqual([])
})
