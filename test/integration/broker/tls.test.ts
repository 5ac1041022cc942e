// Is TLS what it should be: for MQTT and WebSocket, with certificates that change under open connections?
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect as connectTcp, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createWebSocketStream, WebSocket } from 'ws'
import { TicketKeys } from '../../../broker/listeners/tls/ticket-keys.ts'
import { Tls } from '../../../broker/listeners/tls/tls.ts'
import type { ConnectionLimits } from '../../../broker/config.ts'
import { createLog } from '../../../kit/log.ts'
import { bareToken, startBareBroker, type BareBroker } from '../../support/bare-broker.ts'
import { AUTHORITY, CERTIFICATES } from '../../support/certificates.ts'
import { until } from '../../support/deadline.ts'
import { proxyV1, proxyV2 } from '../../support/proxy-headers.ts'
import { RawClient } from '../../support/raw-client.ts'

const { first, second, named, client: clientCertificate } = CERTIFICATES
const RELOAD_MS = 10_000
const NEVER_MS = 3_600_000
const DAY_MS = 86_400_000

let dir: string
const brokers: BareBroker[] = []
let opened: Tls
let clockMs: number
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'restante-tls-'))
  clockMs = Date.now()
  put(first)
})
afterEach(async () => {
  for (const broker of brokers.splice(0)) await broker.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** However it ends. */
const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => void socket.on('error', () => undefined).once('close', () => resolve()))

type Pair = { readonly key: string; readonly cert: string }

const at = (name: string): string => join(dir, name)

/** Puts a file there at once, as renewals do. */
function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
}

function put({ key, cert }: Pair, name = 'tls'): void {
  replace(at(`${name}.crt`), cert)
  replace(at(`${name}.key`), key)
}

interface Options {
  readonly names?: readonly string[]
  readonly clientCaFile?: string
  readonly secret?: string
  readonly pollMs?: number
  readonly limits?: Partial<ConnectionLimits>
  readonly proxyProtocolFrom?: readonly string[]
}

async function start(options: Options = {}): Promise<BareBroker> {
  const { names = ['tls'], secret = 'a secret of brokers', limits = {}, proxyProtocolFrom = [] } = options
  const settings = {
    pairs: names.map((name) => ({ certificate: at(`${name}.crt`), key: at(`${name}.key`) })),
    clientCaFile: options.clientCaFile,
  }
  const bare = await startBareBroker(limits, { proxyProtocolFrom }, async (count) => {
    opened = await Tls.open({
      settings,
      tickets: new TicketKeys(Buffer.from(secret), () => clockMs),
      handshakeMsMax: limits.connectTimeoutMs ?? 10_000,
      count,
      log: createLog('silent'),
      pollMs: options.pollMs ?? NEVER_MS,
    })
    return opened
  })
  brokers.push(bare)
  return bare
}

async function secured(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options })
  await once(socket, 'secureConnect')
  return socket
}

/** The name of whoever a server says that it is, and how long its key has been known by. */
async function shown(bare: BareBroker, servername?: string): Promise<string> {
  const socket = await secured(bare.mqttsPort, servername === undefined ? {} : { servername })
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return (
    Object.entries(CERTIFICATES).find(([, { cert }]) => fingerprintOf(cert) === fingerprint256)?.[0] ??
    'another'
  )
}

const fingerprintOf = (cert: string): string => new X509Certificate(cert).fingerprint256

/** A device over MQTT and TLS, with its CONNACK. */
async function device(bare: BareBroker, id: string, options: ConnectionOptions = {}): Promise<RawClient> {
  const client = new RawClient(await secured(bare.mqttsPort, options))
  const [user = ''] = id.split('/')
  const { code } = await client.connect({ clientId: id, username: '', password: await bareToken(user) })
  expect(code).toBe(0)
  return client
}

const isShown = (bare: BareBroker, name: string): Promise<string | boolean> =>
  until(async () => (await shown(bare)) === name, RELOAD_MS, `the certificate ${name}`, 100)

describe('TLS', () => {
  test('carries MQTT and WebSocket, and is trusted by who trusts its certificate', async () => {
    const bare = await start()
    const trusted = { ca: first.cert, rejectUnauthorized: true, servername: 'localhost' }
    await (await device(bare, 'alice/phone', trusted)).roundTrip()
    const websocket = new WebSocket(`wss://localhost:${bare.httpsPort}/mqtt`, ['mqtt'], { ca: first.cert })
    await once(websocket, 'open')
    const web = new RawClient(createWebSocketStream(websocket))
    const password = await bareToken('bob')
    expect((await web.connect({ clientId: 'bob/web', username: '', password })).code).toBe(0)
    await web.roundTrip()
    expect(bare.metrics.read('broker_tls_handshakes_total', 'full')).toBe(2)
  })

  test('is of version 1.2 at least', async () => {
    const bare = await start()
    const old = connect({
      port: bare.mqttsPort,
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    })
    const [error] = (await once(old, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toMatch(/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/)
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const)
      expect((await secured(bare.mqttsPort, { maxVersion: version })).getProtocol()).toBe(version)
    await until(() => bare.metrics.read('broker_tls_handshakes_total', 'failed') === 1, 5_000, 'a count')
  })

  test('shows each name its certificate, and the first to whoever asks for none or another', async () => {
    put(named, 'named')
    const bare = await start({ names: ['tls', 'named'] })
    expect(await shown(bare)).toBe('first')
    expect(await shown(bare, 'localhost')).toBe('first')
    expect(await shown(bare, 'elsewhere.example')).toBe('first')
    expect(await shown(bare, 'chat.example')).toBe('named')
    expect(await shown(bare, 'eu.chat.example')).toBe('named')
  })

  test('stands behind a PROXY header, whose address its limits have', async () => {
    const bare = await start({
      proxyProtocolFrom: ['127.0.0.2'],
      limits: { unauthenticatedPerAddressMax: 1 },
    })
    const behind = async (header: Buffer, port = bare.mqttsPort): Promise<TLSSocket> => {
      const socket = connectTcp({ port, host: '127.0.0.1', localAddress: '127.0.0.2' })
      socket.write(header)
      const secure = connect({ socket, rejectUnauthorized: false })
      await once(secure, 'secureConnect')
      return secure
    }
    const one = new RawClient(await behind(proxyV2()))
    const other = new RawClient(await behind(proxyV1('198.51.100.8')))
    expect([one.isClosed, other.isClosed]).toEqual([false, false])
    const again = connectTcp({ port: bare.mqttsPort, host: '127.0.0.1', localAddress: '127.0.0.2' })
    again.write(proxyV2())
    await closed(again)
    expect(bare.metrics.read('broker_connections_dropped_total', 'address-unauthenticated')).toBe(1)
    const https = await behind(proxyV1('198.51.100.9'), bare.httpsPort)
    https.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(String((await once(https, 'data'))[0])).toMatch(/^HTTP\/1.1 200 /)
    https.destroy()
    // Unasked, it is no TLS.
    const stranger = connectTcp({ port: bare.mqttsPort, host: '127.0.0.1' })
    stranger.write(proxyV2())
    await closed(stranger.resume())
  })
})

describe('a handshake', () => {
  test('G8 counts by its address as a connection without CONNACK, and ends in time', async () => {
    const bare = await start({ limits: { unauthenticatedPerAddressMax: 2, connectTimeoutMs: 1_000 } })
    const silent = [1, 2].map(() => connectTcp({ port: bare.mqttsPort, host: '127.0.0.1' }))
    const gone = silent.map((socket) => closed(socket.resume()))
    await Promise.all(silent.map((socket) => once(socket, 'connect')))
    await until(
      async () => {
        const third = connectTcp({ port: bare.mqttsPort, host: '127.0.0.1' })
        await closed(third.resume())
        return bare.metrics.read('broker_connections_dropped_total', 'address-unauthenticated') > 0
      },
      5_000,
      'a third one that is refused',
    )
    await Promise.all(gone)
    await (await device(bare, 'alice/phone')).roundTrip()
  })

  test.each([
    ['of an address', { connectsPerSPerAddressMax: 1 }, 'address-request-rate'],
    ['of the broker', { connectsPerSMax: 1 }, 'handshake-rate'],
  ])('G8 is not begun above the rate %s', async (_, limits, limit) => {
    const bare = await start({ limits })
    const sockets = Array.from({ length: 12 }, () =>
      connect({ port: bare.mqttsPort, host: '127.0.0.1', rejectUnauthorized: false }),
    )
    const secure = (socket: TLSSocket) => new Promise((resolve) => socket.once('secureConnect', resolve))
    await Promise.all(sockets.map((socket) => Promise.race([secure(socket), closed(socket)])))
    expect(bare.metrics.read('broker_connections_dropped_total', limit)).toBeGreaterThan(3)
    for (const socket of sockets) socket.destroy()
  })
})

describe('certificates that change', () => {
  test('are shown to whoever comes, and close none of a hundred open connections', async () => {
    const bare = await start()
    const devices = await Promise.all(Array.from({ length: 100 }, (_, i) => device(bare, `user${i}/phone`)))
    put(second)
    await isShown(bare, 'second')
    put(named)
    await isShown(bare, 'named')
    await Promise.all(devices.map((one) => one.roundTrip()))
    expect(devices.filter((one) => one.isClosed)).toEqual([])
    expect(bare.broker.connections).toBe(100)
  })

  test('also by a link to a directory that is replaced, as Kubernetes does it', async () => {
    const version = (name: string, pair: Pair): void => {
      mkdirSync(at(name))
      writeFileSync(join(at(name), 'tls.crt'), pair.cert)
      writeFileSync(join(at(name), 'tls.key'), pair.key)
      symlinkSync(name, at('..data.new'))
      renameSync(at('..data.new'), at('..data'))
    }
    version('..1', first)
    for (const file of ['tls.crt', 'tls.key']) {
      rmSync(at(file))
      symlinkSync(`..data/${file}`, at(file))
    }
    const bare = await start()
    expect(await shown(bare)).toBe('first')
    version('..2', second)
    await isShown(bare, 'second')
  })

  test('where nobody tells of it: files behind links are looked at now and then', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'restante-tls-'))
    for (const [file, text] of [
      ['tls.crt', first.cert],
      ['tls.key', first.key],
    ] as const) {
      writeFileSync(join(elsewhere, file), text)
      rmSync(at(file))
      symlinkSync(join(elsewhere, file), at(file))
    }
    const bare = await start({ pollMs: 50 })
    writeFileSync(join(elsewhere, 'tls.crt'), second.cert)
    writeFileSync(join(elsewhere, 'tls.key'), second.key)
    await isShown(bare, 'second')
    rmSync(elsewhere, { recursive: true })
  })

  test('and are no good leave the old ones, and say so, until they are', async () => {
    const bare = await start({ pollMs: 50 })
    const bad: (() => void)[] = [
      () => replace(at('tls.key'), second.key),
      () => replace(at('tls.crt'), 'no certificate'),
      () => rmSync(at('tls.crt'), { force: true }),
      () => replace(at('tls.key'), 'no key'),
    ]
    for (const [i, spoil] of bad.entries()) {
      spoil()
      await until(() => opened.isStale, RELOAD_MS, `word of it: ${i}`)
      expect(await shown(bare)).toBe('first')
      put(first)
      await until(() => !opened.isStale, RELOAD_MS, 'the old ones again')
    }
    put(second)
    await isShown(bare, 'second')
    expect(opened.isStale).toBe(false)
    expect(opened.expiresAtMs).toBe(Date.parse(new X509Certificate(second.cert).validTo))
  })
})

describe('certificates of clients', () => {
  beforeEach(() => replace(at('ca.crt'), AUTHORITY))

  test('are needed if an authority is stated; who one is, the token says as ever', async () => {
    const bare = await start({ clientCaFile: at('ca.crt') })
    await (await device(bare, 'alice/phone', clientCertificate)).roundTrip()
    await (await device(bare, 'bob/phone', clientCertificate)).roundTrip()
    for (const none of [{}, first]) {
      await closed(connect({ port: bare.mqttsPort, rejectUnauthorized: false, ...none }).resume())
    }
    await closed(connect({ port: bare.httpsPort, rejectUnauthorized: false }).resume())
    expect(bare.metrics.read('broker_connections_accepted_total')).toBe(2)
  })

  test('of another authority do not resume what was begun under the old one', async () => {
    const bare = await start({ clientCaFile: at('ca.crt') })
    const session = await sessionOf(bare, clientCertificate)
    expect(await isResumed(bare, session, clientCertificate)).toBe(true)
    replace(at('ca.crt'), first.cert)
    await until(
      async () => !(await isResumed(bare, session, clientCertificate).catch(() => false)),
      RELOAD_MS,
      'the new authority',
      100,
    )
  })
})

/** What a client keeps to resume with. */
async function sessionOf(bare: BareBroker, options: ConnectionOptions = {}): Promise<Buffer> {
  const socket = connect({ port: bare.mqttsPort, rejectUnauthorized: false, ...options })
  const [session] = (await once(socket, 'session')) as [Buffer]
  socket.destroy()
  return session
}

async function isResumed(
  bare: BareBroker,
  session: Buffer,
  options: ConnectionOptions = {},
): Promise<boolean> {
  const socket = await secured(bare.mqttsPort, { session, ...options })
  const resumes = socket.isSessionReused()
  socket.destroy()
  return resumes
}

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('session tickets of %s', (maxVersion) => {
  test('are taken by every broker of the same secret, also after the certificate changed, and by no other', async () => {
    const [one, other] = [await start(), await start()]
    const stranger = await start({ secret: 'another secret' })
    const session = await sessionOf(one, { maxVersion })
    expect(await isResumed(one, session, { maxVersion })).toBe(true)
    expect(await isResumed(other, session, { maxVersion })).toBe(true)
    expect(await isResumed(stranger, session, { maxVersion })).toBe(false)
    put(second)
    await isShown(other, 'second')
    await (await device(other, 'alice/phone', { session, maxVersion })).roundTrip()
    expect(other.metrics.read('broker_tls_handshakes_total', 'resumed')).toBeGreaterThan(0)
  })

  test('are taken a day later, also by a broker whose clock is behind, and not after two', async () => {
    const bare = await start()
    const session = await sessionOf(bare, { maxVersion })
    clockMs += DAY_MS
    expect(await isResumed(bare, session, { maxVersion })).toBe(true)
    clockMs -= 2 * DAY_MS
    expect(await isResumed(bare, session, { maxVersion })).toBe(true)
    clockMs += 3 * DAY_MS
    expect(await isResumed(bare, session, { maxVersion })).toBe(false)
  })
})
