import { expect, test } from 'vitest'
import { readBrokerConfig, type BrokerConfig } from '../../../broker/config.ts'
import { Settings, type Environment } from '../../../kit/settings.ts'

function read(env: Environment): BrokerConfig {
  const settings = new Settings(env)
  const config = readBrokerConfig(settings)
  settings.finish()
  return config
}

test('without any setting there are the documented defaults, frozen', () => {
  const config = read({ PATH: '/bin' })
  expect(config).toMatchObject({
    dataDir: './restante-data',
    mqttPort: 1883,
    httpPort: 8080,
    redisUrls: undefined,
    keys: { kind: 'secret-file', dataDir: './restante-data' },
    connections: { keepAliveSMax: 1_200 },
    mailboxes: { devicesPerUserMax: 3, retentionMs: 30 * 86_400_000 },
  })
  expect(Object.isFrozen(config)).toBe(true)
  for (const part of Object.values(config))
    if (typeof part === 'object') expect(Object.isFrozen(part)).toBe(true)
})

test('G8 limits can be changed by configuration', () => {
  const config = read({
    RESTANTE_KEEP_ALIVE_S_MAX: '60',
    RESTANTE_PUBLISHES_PER_S_MAX: '10',
    RESTANTE_MAILBOX_ENTRIES_MAX: '500',
    RESTANTE_LANE_FRAMES_MAX: '4',
  })
  expect(config.connections.keepAliveSMax).toBe(60)
  expect(config.connections.publishesPerSMax).toBe(10)
  expect(config.mailboxes.userEntriesMax).toBe(500)
  expect(config.node.laneFramesMax).toBe(4)
})

test('unknown names and bad values stop the start, all of them named', () => {
  const env = { RESTANTE_MQTT_PROT: '1', RESTANTE_MQTT_PORT: 'x', RESTANTE_RETENTION_DAYS: '0' }
  expect(() => read(env)).toThrow(/RESTANTE_MQTT_PORT[^]*RESTANTE_RETENTION_DAYS[^]*RESTANTE_MQTT_PROT/)
})

const audience = { RESTANTE_JWT_AUDIENCE: 'chat' }

test("with a login service's key tokens need an audience, and nobody is an operator or worker who is not named", () => {
  expect(() => read({ RESTANTE_JWT_JWKS_URL: 'https://idp.example/keys' })).toThrow(
    /RESTANTE_JWT_AUDIENCE must be set/,
  )
  const foreign = { RESTANTE_JWT_PUBLIC_KEY_FILE: '/k.pem', ...audience }
  expect(read(foreign).tokens).toMatchObject({ admins: new Set(), workers: new Set() })
  expect(read({ ...foreign, RESTANTE_ADMINS: 'olga, otto' }).tokens.admins).toEqual(new Set(['olga', 'otto']))
  expect(read({}).tokens).toMatchObject({ admins: undefined, workers: undefined, mayLackExpiry: false })
})

test('where the keys come from: a file or an address, not both', () => {
  expect(read({ RESTANTE_JWT_PUBLIC_KEY_FILE: '/k.pem', ...audience }).keys).toEqual({
    kind: 'public-key-file',
    path: '/k.pem',
  })
  const url = 'https://idp.example/keys'
  expect(read({ RESTANTE_JWT_JWKS_URL: url, ...audience }).keys).toEqual({ kind: 'jwks', url })
  expect(() => read({ RESTANTE_JWT_JWKS_URL: url, RESTANTE_JWT_PUBLIC_KEY_FILE: '/k.pem' })).toThrow(
    /exclude/,
  )
  expect(() => read({ RESTANTE_JWT_JWKS_URL: 'ftp://idp.example' })).toThrow(/RESTANTE_JWT_JWKS_URL/)
})

test('a password in REDIS_URL is not printed', () => {
  const config = read({ REDIS_URL: 'redis://:hunter2@redis:6379' })
  expect(JSON.stringify(config)).not.toContain('hunter2')
  expect(config.redisUrls?.[0]?.reveal()).toContain('hunter2')
})

test('a lease can be renewed three times before it ends, whatever its length', () => {
  for (const ttl of ['500', '5000', '60000']) {
    const { leaseTtlMs, renewMs } = read({ RESTANTE_LEASE_TTL_MS: ttl }).node
    expect(renewMs * 3).toBeLessThanOrEqual(leaseTtlMs)
  }
})

test('who stands between is said by addresses and networks, and by nothing else', () => {
  const stated = { RESTANTE_PROXY_PROTOCOL_FROM: '10.0.0.0/8, 2001:db8::/32,192.0.2.1' }
  expect(read(stated).intermediaries.proxyProtocolFrom).toEqual(['10.0.0.0/8', '2001:db8::/32', '192.0.2.1'])
  expect(read({}).intermediaries).toEqual({ proxyProtocolFrom: [], forwardedForFrom: [] })
  for (const bad of [
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0/8',
    'balancer',
    '::/129',
    '10.0.0.0/8/8',
    'fe80::1%eth0',
  ])
    expect(() => read({ RESTANTE_FORWARDED_FOR_FROM: `10.0.0.1,${bad}` }), bad).toThrow(
      /RESTANTE_FORWARDED_FOR_FROM must be addresses or networks/,
    )
})

test('TLS needs a key for each certificate; with it, what is not encrypted listens on loopback', () => {
  const tls = { RESTANTE_TLS_CERTIFICATE_FILES: '/a.crt, /b.crt', RESTANTE_TLS_KEY_FILES: '/a.key,/b.key' }
  const config = read({ ...tls, RESTANTE_HOST: '10.0.0.5' })
  expect(config).toMatchObject({ host: '10.0.0.5', plainHost: '127.0.0.1' })
  expect(config.tls).toMatchObject({
    pairs: [
      { certificate: '/a.crt', key: '/a.key' },
      { certificate: '/b.crt', key: '/b.key' },
    ],
    mqttsPort: 8883,
    httpsPort: 8443,
  })
  expect(read({ ...tls, RESTANTE_PLAIN_HOST: '10.1.0.5' }).plainHost).toBe('10.1.0.5')
  expect(read({ RESTANTE_HOST: '10.0.0.5' })).toMatchObject({ plainHost: '10.0.0.5', tls: undefined })
  expect(() => read({ ...tls, RESTANTE_TLS_KEY_FILES: '/a.key' })).toThrow(/a key for each of/)
  expect(() => read({ RESTANTE_TLS_CLIENT_CA_FILE: '/ca.pem' })).toThrow(
    /without certificates there is no TLS/,
  )
})
