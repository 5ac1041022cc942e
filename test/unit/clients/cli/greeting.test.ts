import { expect, test } from 'vitest'
import { readBrokerConfig } from '../../../../broker/config.ts'
import type { RunningBroker } from '../../../../broker/main.ts'
import { greeting } from '../../../../clients/cli/greeting.ts'
import { Settings, type Environment } from '../../../../kit/settings.ts'
import { readWorkerConfig } from '../../../../workers/config.ts'

function greet(env: Environment, tcpPort = 1883): string {
  const settings = new Settings(env)
  const running = { tcpPort, httpPort: 8080, mqttsPort: 8883, httpsPort: 8443 } as RunningBroker
  return greeting(readBrokerConfig(settings), readWorkerConfig(settings), running)
}

test.each<[{ RESTANTE_HOST?: string }, string, string]>([
  [{}, 'mqtt://127.0.0.1:1883', 'user add alice bob'],
  [{ RESTANTE_HOST: '127.0.0.1' }, 'mqtt://127.0.0.1:1883', 'user add alice bob'],
  [{ RESTANTE_HOST: '0.0.0.0' }, 'mqtt://127.0.0.1:1883', 'user add alice bob'],
  [{ RESTANTE_HOST: '::' }, 'mqtt://127.0.0.1:1883', 'user add alice bob'],
  [{ RESTANTE_HOST: '::1' }, 'mqtt://[::1]:1883', 'user add alice bob --url mqtt://[::1]:1883'],
  [{ RESTANTE_HOST: '10.0.0.5' }, 'mqtt://10.0.0.5:1883', 'user add alice bob --url mqtt://10.0.0.5:1883'],
])('with %j it names an address that works as it stands, in commands too', (env, address, command) => {
  const text = greet(env)
  expect(text).toContain(`MQTT        ${address}`)
  expect(text).toContain(`WebSocket   ${address.replace('mqtt', 'ws').replace('1883', '8080')}/mqtt`)
  expect(text).toMatch(new RegExp(`  npx restante ${command.replaceAll(/[[\]]/g, '\\$&')}$`, 'm'))
  const isEverywhere = !env.RESTANTE_HOST || ['0.0.0.0', '::'].includes(env.RESTANTE_HOST)
  expect(text.includes('on all addresses of this machine')).toBe(isEverywhere)
})

test('another port stands in the commands', () => {
  expect(greet({}, 1884)).toContain('npx restante chat alice --to bob --url mqtt://127.0.0.1:1884')
})

test('it says so if clients on other machines come in without TLS', () => {
  const tls = { RESTANTE_TLS_CERTIFICATE_FILES: '/c.pem', RESTANTE_TLS_KEY_FILES: '/k.pem' }
  for (const env of [
    {},
    { RESTANTE_HOST: '0.0.0.0' },
    { RESTANTE_HOST: '10.0.0.5' },
    { ...tls, RESTANTE_PLAIN_HOST: '::' },
  ])
    expect(greet(env)).toMatch(/Not encrypted: /)
  const safe = [
    { RESTANTE_HOST: '127.0.0.1' },
    { RESTANTE_HOST: '::1' },
    { RESTANTE_HOST: 'localhost' },
    { RESTANTE_PROXY_PROTOCOL_FROM: '10.0.0.1' },
    tls,
  ]
  for (const env of safe) expect(greet(env)).not.toMatch(/Not encrypted/)
})

test('with TLS it names those addresses, and the others are loopback', () => {
  const tls = { RESTANTE_TLS_CERTIFICATE_FILES: '/c.pem', RESTANTE_TLS_KEY_FILES: '/k.pem' }
  const text = greet({ ...tls, RESTANTE_HOST: '10.0.0.5' })
  expect(text).toContain('TLS         mqtts://10.0.0.5:8883   wss://10.0.0.5:8443/mqtt\n')
  expect(text).toContain('MQTT        mqtt://127.0.0.1:1883\n')
})
