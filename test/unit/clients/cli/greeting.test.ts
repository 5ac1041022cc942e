import { expect, test } from 'vitest'
import { readBrokerConfig } from '../../../../broker/config.ts'
import type { RunningBroker } from '../../../../broker/main.ts'
import { greeting } from '../../../../clients/cli/greeting.ts'
import { Settings } from '../../../../kit/settings.ts'
import { readWorkerConfig } from '../../../../workers/config.ts'

function greet(env: { RESTANTE_HOST?: string }, tcpPort = 1883): string {
  const settings = new Settings(env)
  const running = { tcpPort, httpPort: 8080 } as RunningBroker
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
