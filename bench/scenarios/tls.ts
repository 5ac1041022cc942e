import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { round } from '../figures.ts'
import { MqttSocket, type Dial } from '../mqtt-socket.ts'
import { UNLIMITED, withServer, type Server, type ServerOptions } from '../server.ts'
import { until } from '../until.ts'
import { ticks } from './ticks.ts'

export interface TlsOptions {
  /** Devices that are connected and silent, for connects and memory. */
  readonly connections: number
  readonly seconds: number
}

interface Way {
  readonly ticks_per_s: number
  readonly server_cpu_us_per_tick: number
  readonly connects_per_s: number
  readonly server_cpu_us_per_connect: number
  readonly kb_per_connection: number
}

export interface TlsResult extends TlsOptions {
  readonly plain: Way
  readonly tls: Way
  /** The same devices again, with the session tickets of their first connections. */
  readonly resumed: { readonly connects_per_s: number; readonly server_cpu_us_per_connect: number }
  /** Connections of the silent devices that ended while the server's certificate changed. */
  readonly closed_by_new_certificate: number
}

const CONNECTS_AT_ONCE = 20
const SETTLE_MS = 2_000
const NEW_CERTIFICATE_MS_MAX = 60_000
const PAIRS = { pairs: 20, window: 10, bytes: 100 }

/** Two servers, one after the other: without TLS, and with it (ECDSA P-256, what clients and server agree on). */
export async function tls(options: ServerOptions, what: TlsOptions): Promise<TlsResult> {
  const plain = await withServer(options, (server) => way(new Crowd(server, undefined), what))
  const directory = mkdtempSync(join(tmpdir(), 'restante-bench-tls-'))
  try {
    const files = makeCertificate(directory, 'first')
    const port = await freePort()
    const settings = {
      ...UNLIMITED,
      RESTANTE_CONNECTS_PER_S_MAX: '1000000',
      RESTANTE_CONNECTS_PER_S_PER_ADDRESS_MAX: '0',
      RESTANTE_TLS_CERTIFICATE_FILES: files.certificate,
      RESTANTE_TLS_KEY_FILES: files.key,
      RESTANTE_MQTTS_PORT: String(port),
      RESTANTE_HTTPS_PORT: '0',
    }
    return await withServer({ ...options, settings }, async (server) => {
      const crowd = new Crowd({ ...server, port, dial: (to) => secured(to) }, new Map())
      const first = await way(crowd, what)
      const resumed = await crowd.connect(what.connections)
      const closed = crowd.closed
      await changeCertificate(directory, files, port)
      await crowd.ping()
      return {
        ...what,
        plain,
        tls: first,
        resumed,
        closed_by_new_certificate: crowd.closed - closed,
      }
    })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function way(crowd: Crowd, { connections, seconds }: TlsOptions): Promise<Way> {
  // What is loaded and compiled with the first ones is no part of a connection.
  await crowd.connect(CONNECTS_AT_ONCE)
  await crowd.leave()
  const before = crowd.server.rssMb()
  const connects = await crowd.connect(connections)
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const kb = ((crowd.server.rssMb() - before) * 1024) / connections
  await crowd.leave()
  const { ticks_per_s, server_cpu_us_per_tick } = await ticks(crowd.server, { ...PAIRS, seconds })
  return { ticks_per_s, server_cpu_us_per_tick, ...connects, kb_per_connection: round(kb) }
}

/** Devices that connect and say nothing. */
class Crowd {
  readonly server: Server
  readonly #sessions: Map<number, Buffer> | undefined
  #sockets: MqttSocket[] = []
  /** Connections that ended by themselves. */
  closed = 0

  /** @param sessions those of TLS, by device */
  constructor(server: Server, sessions: Map<number, Buffer> | undefined) {
    this.server = server
    this.#sessions = sessions
  }

  async connect(count: number): Promise<{ connects_per_s: number; server_cpu_us_per_connect: number }> {
    const tokens = await Promise.all(Array.from({ length: count }, (_, i) => this.server.token(`silent${i}`)))
    const cpuMs = this.server.cpuMs()
    const startedAt = performance.now()
    let next = 0
    const some = async (): Promise<void> => {
      for (let i = next++; i < count; i = next++) {
        const login = { clientId: `silent${i}/phone`, user: '', token: tokens[i] as string }
        const listener = {
          publish: () => undefined,
          puback: () => undefined,
          closed: () => void this.closed++,
        }
        this.#sockets.push(await MqttSocket.open(this.server.port, login, listener, this.#dialAs(i)))
      }
    }
    await Promise.all(Array.from({ length: CONNECTS_AT_ONCE }, some))
    return {
      connects_per_s: Math.round(count / ((performance.now() - startedAt) / 1000)),
      server_cpu_us_per_connect: Math.round(((this.server.cpuMs() - cpuMs) * 1000) / count),
    }
  }

  #dialAs(device: number): Dial | undefined {
    const sessions = this.#sessions
    return (
      sessions && ((port) => secured(port, sessions.get(device), (session) => sessions.set(device, session)))
    )
  }

  /** Whoever is closed has noticed when it resolves. */
  async ping(): Promise<void> {
    await Promise.all(this.#sockets.map((socket) => socket.ping()))
  }

  async leave(): Promise<void> {
    await Promise.all(this.#sockets.map((socket) => socket.close()))
    this.#sockets = []
  }
}

async function secured(
  port: number,
  session?: Buffer,
  keep: (session: Buffer) => void = () => undefined,
): Promise<TLSSocket> {
  // It measures the server; whose certificate it is it need not know.
  const options = { port, host: '127.0.0.1', rejectUnauthorized: false, ...(session && { session }) }
  const socket = connect(options)
  socket.setNoDelay()
  socket.on('session', keep)
  await once(socket, 'secureConnect')
  return socket
}

interface Files {
  readonly certificate: string
  readonly key: string
}

function makeCertificate(directory: string, name: string): Files {
  const files = { certificate: join(directory, `${name}.crt`), key: join(directory, `${name}.key`) }
  const how = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -days 30'
  const args = ['req', ...how.split(' '), '-out', files.certificate, '-keyout', files.key]
  if (spawnSync('openssl', args).status !== 0) throw new Error('It needs openssl, which makes a certificate.')
  return files
}

/** Resolves when the server shows the new one. */
async function changeCertificate(directory: string, old: Files, port: number): Promise<void> {
  const before = await shownAt(port)
  const fresh = makeCertificate(directory, 'second')
  renameSync(fresh.certificate, old.certificate)
  renameSync(fresh.key, old.key)
  let isShown = false
  const look = setInterval(() => void shownAt(port).then((one) => (isShown ||= one !== before)), 200)
  await until(() => isShown, NEW_CERTIFICATE_MS_MAX)
  clearInterval(look)
  if (!isShown) throw new Error('The server did not take the new certificate.')
}

async function shownAt(port: number): Promise<string> {
  const socket = await secured(port)
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return fingerprint256
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
