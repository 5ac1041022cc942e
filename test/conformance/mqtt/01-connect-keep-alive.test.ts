// Does a silent connection end after one and a half keep-alives, also one that asked for none? [MQTT-3.1.2-24]
import { expect, test } from 'vitest'
import { until } from '../../support/deadline.ts'
import { pingreqPacket } from '../../support/mqtt-packets.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer({ RESTANTE_KEEP_ALIVE_S_MAX: '1' })

test.each([1, 0, 65_535])(
  'trap 15: keep-alive %i is at most the configured one: silence closes',
  async (keepAliveS) => {
    const phone = await use.phone(`alice/k${keepAliveS}`, { keepAliveS })
    const startMs = Date.now()
    await phone.raw.expectClosed(6_000)
    expect(Date.now() - startMs).toBeGreaterThan(900)
  },
)

test('PINGREQs keep it open', async () => {
  const phone = await use.phone('bob/pings', { keepAliveS: 1 })
  const startMs = Date.now()
  const pings = setInterval(() => phone.raw.send(pingreqPacket()), 400)
  await until(() => Date.now() - startMs > 3_500, 5_000, 'time')
  clearInterval(pings)
  expect(phone.raw.isClosed).toBe(false)
})
