// Can mqtt.js, over TCP and WebSocket, be a client: with a session, a backlog, frames of many entries?
import { connect, type IClientOptions } from 'mqtt'
import { expect, test } from 'vitest'
import { decodeDown, encodeUp } from '../../../proto/codec.ts'
import { until } from '../../support/deadline.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()
const SCHEMES = ['mqtt', 'ws'] as const

async function dial(scheme: (typeof SCHEMES)[number], user: string, more: Partial<IClientOptions> = {}) {
  const url =
    scheme === 'mqtt' ? `mqtt://127.0.0.1:${use.server.port}` : `ws://127.0.0.1:${use.server.httpPort}/mqtt`
  const texts: string[] = []
  const client = connect(url, {
    protocolVersion: 4,
    clientId: `${user}/js`,
    username: user,
    password: await use.token(user),
    clean: false,
    reconnectPeriod: 0,
    ...more,
  })
  // Before CONNACK: what a session kept may come in the same packet of TCP.
  client.on('message', (_, payload) =>
    texts.push(...decodeDown(payload).messages.map((message) => message.text ?? '')),
  )
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve())
    client.once('error', reject)
  })
  return { client, texts }
}

test.each(SCHEMES)(
  'trap 19: over %s a backlog of 500 comes in order, in few frames, while live messages go on',
  async (scheme) => {
    const user = `bob-${scheme}`
    const alice = await use.phone('alice/phone')
    const first = await dial(scheme, user)
    await first.client.endAsync()
    for (let i = 0; i < 500; i++) await alice.text(alice.direct(user), `${i}`, { peer: user })
    const again = await dial(scheme, user)
    await again.client.subscribeAsync(`u/${user}`, { qos: 1 })
    for (let i = 500; i < 520; i++) await alice.text(alice.direct(user), `${i}`, { peer: user })
    await until(
      () => again.texts.length >= 520,
      10_000,
      () => `${again.texts.length} of 520`,
    )
    expect(again.texts).toEqual(Array.from({ length: 520 }, (_, i) => `${i}`))
    await again.client.endAsync()
  },
)

test.each(SCHEMES)('over %s publishAsync resolves at the PUBACK and the message arrives', async (scheme) => {
  const carol = await use.phone('carol/phone')
  const { client } = await dial(scheme, `dave-${scheme}`)
  const payload = encodeUp({
    message: { clientSeq: Phone.nextClientSeq(), text: `over ${scheme}`, peer: 'carol' },
  })
  await client.publishAsync(`g/${carol.direct(`dave-${scheme}`)}`, Buffer.from(payload), { qos: 1 })
  await carol.next('messages', (item) => item.text === `over ${scheme}`)
  await client.endAsync()
})

test.each(SCHEMES)('over %s a wrong token is refused with return code 4', async (scheme) => {
  await expect(dial(scheme, 'erin', { password: 'wrong' })).rejects.toMatchObject({ code: 4 })
})
