import { expect, test } from 'vitest'
import { Secret, Settings } from '../../../kit/settings.ts'

test('all problems are listed at once, unknown names included', () => {
  const settings = new Settings({
    RESTANTE_PORT: '99999',
    RESTANTE_LEVEL: 'loud',
    RESTANTE_TYPO: '1',
    REDIS_URL: 'http://x',
    HOME: '/',
  })
  expect(settings.whole('RESTANTE_PORT', 1883, 0, 65_535)).toBe(1883)
  expect(settings.oneOf('RESTANTE_LEVEL', 'info', ['info', 'warn'])).toBe('info')
  expect(settings.url('REDIS_URL', ['redis:', 'rediss:'])).toBeUndefined()
  expect(() => settings.finish()).toThrow(
    /RESTANTE_PORT must be a whole number from 0 to 65535[^]*RESTANTE_LEVEL must be one of info, warn[^]*REDIS_URL[^]*RESTANTE_TYPO is not a setting/,
  )
})

test('a whole number is taken at its limits, and refused one past them', () => {
  const read = (text: string) => {
    const settings = new Settings({ RESTANTE_X: text })
    const value = settings.whole('RESTANTE_X', 7, 2, 9)
    settings.finish()
    return value
  }
  expect(read('2')).toBe(2)
  expect(read('9')).toBe(9)
  expect(read('')).toBe(7)
  for (const bad of ['1', '10', '-3', '2.5', '0x3', ' 4', 'NaN'])
    expect(() => read(bad)).toThrow(/RESTANTE_X/)
})

test('a secret prints stars', () => {
  const secret = new Secret('redis://:hunter2@host')
  expect([String(secret), JSON.stringify({ secret })]).toEqual(['***', '{"secret":"***"}'])
  expect(secret.reveal()).toContain('hunter2')
})

test('several addresses stand with commas between them', () => {
  const read = (text: string) => new Settings({ X: text }).urls('X', ['redis:'])?.map((url) => url.reveal())
  expect(read('redis://a:1, redis://b:2')).toEqual(['redis://a:1', 'redis://b:2'])
  expect(read('redis://a:1,http://b')).toBeUndefined()
})

test('what Kubernetes sets for Services of our name is ignored, what a person may have meant is not', () => {
  const services = (name: string, port: number): Record<string, string> => ({
    [`${name}_SERVICE_HOST`]: '10.0.0.7',
    [`${name}_SERVICE_PORT`]: String(port),
    [`${name}_SERVICE_PORT_MQTT`]: String(port),
    [`${name}_PORT`]: `tcp://10.0.0.7:${port}`,
    [`${name}_PORT_${port}_TCP`]: `tcp://10.0.0.7:${port}`,
    [`${name}_PORT_${port}_TCP_PROTO`]: 'tcp',
    [`${name}_PORT_${port}_TCP_PORT`]: String(port),
    [`${name}_PORT_${port}_TCP_ADDR`]: '10.0.0.7',
  })
  const read = (env: Record<string, string>): number => {
    const settings = new Settings(env)
    const port = settings.whole('RESTANTE_MQTT_PORT', 1883, 0, 65_535)
    settings.finish()
    return port
  }
  // The last one makes RESTANTE_MQTT_PORT=tcp://…
  for (const name of ['RESTANTE', 'RESTANTE_BROKER', 'RESTANTE_MQTT'])
    expect(read(services(name, 1884))).toBe(1883)
  expect(read({ ...services('RESTANTE', 1884), RESTANTE_MQTT_PORT: '1885' })).toBe(1885)
  for (const name of ['RESTANTE_PORT', 'RESTANTE_BROKER_PORT', 'RESTANTE_SERVICE', 'RESTANTE_PORT_1883'])
    expect(() => read({ ...services('RESTANTE', 1884), [name]: '1883' })).toThrow(`${name} is not a setting`)
})
