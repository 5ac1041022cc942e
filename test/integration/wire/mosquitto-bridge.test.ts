import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { connect, type Client } from '../../../clients/index.ts'
import { decodeDown, encodeUp } from '../../../proto/codec.ts'
import { until } from '../../support/deadline.ts'
import { FaultProxy } from '../../support/fault-proxy.ts'
import type { Packet } from '../../support/mqtt-packets.ts'
import { RawClient } from '../../support/raw-client.ts'
import { Server } from '../../support/server.ts'
import { hasProgram, needsProgram } from '../../support/services.ts'
import { keepWatch } from '../../support/watchdog.ts'

const PAGE = readFileSync(new URL('../../../docs/mosquitto.md', import.meta.url), 'utf8')
const CHAT_TOPIC = 'g/5VMaju_qe5NpOg'
const DEADLINE_MS = 60_000
/** Debian keeps it where only root looks. */
const MOSQUITTO = hasProgram('mosquitto', '-h') ? 'mosquitto' : '/usr/sbin/mosquitto'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  await new Promise((resolve) => listener.close(resolve))
  return port
}

/** A Mosquitto with the page's lines, and where to listen. @returns its port */
async function startMosquitto(uplink: number, token: string): Promise<number> {
  const lines = /```conf\n([^]*?)```/.exec(PAGE)?.[1] ?? ''
  const bridge = lines.replace('restante.example:1883', `127.0.0.1:${uplink}`).replace('TOKEN', token)
  expect(bridge).toContain(`127.0.0.1:${uplink}`)
  expect(bridge).toContain(token)
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'restante-bridge-'))
  const file = join(folder, 'mosquitto.conf')
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\n${bridge}`)
  const child: ChildProcess = spawn(MOSQUITTO, ['-c', file], { stdio: 'ignore' })
  keepWatch(child, folder)
  closers.push(async () => {
    const exit = once(child, 'exit')
    if (child.exitCode === null && child.kill('SIGKILL')) await exit
    rmSync(folder, { recursive: true, force: true })
  })
  return port
}

/** Something that speaks MQTT to the Mosquitto beside it, and knows our frames. */
class Thing {
  readonly #raw: RawClient
  #clientSeq = Date.now() * 1000
  readonly got: string[] = []
  readonly #seqs = new Set<number>()
  accepted = 0

  private constructor(raw: RawClient) {
    this.#raw = raw
    raw.onPacket = (packet) => this.#take(packet)
  }

  static async connect(port: number): Promise<Thing> {
    const raw = await until(() => RawClient.open({ port }).catch(() => undefined), 10_000, 'Mosquitto')
    const thing = new Thing(raw)
    closers.push(async () => raw.cut())
    expect((await raw.connect({ clientId: 'thing' })).code).toBe(0)
    expect(await raw.subscribe('u/alice', 1)).toEqual([1])
    return thing
  }

  async say(texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      const message = { clientSeq: ++this.#clientSeq, text, peer: 'bob' }
      await this.#raw.publish({ topic: CHAT_TOPIC, payload: encodeUp({ message }) })
    }
  }

  #take(packet: Packet): boolean {
    if (packet.type !== 'publish') return false
    this.#raw.puback(packet)
    const down = decodeDown(packet.payload)
    for (const { more } of down.accepted) this.accepted += 1 + (more ?? 0)
    for (const { seq, text } of down.messages) {
      if (this.#seqs.has(seq ?? 0)) continue
      this.#seqs.add(seq ?? 0)
      this.got.push(text ?? '')
    }
    return true
  }
}

const words = (who: string, from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `${who} ${from + i}`)

test('docs/mosquitto.md: the uplink is cut twice: all that waits arrives, once and in order, both ways (G2, G3, G4)', async (context) => {
  needsProgram(context, MOSQUITTO, '-h')
  const server = await Server.start()
  closers.push(() => server.dispose())
  const uplink = await FaultProxy.start({ port: server.port })
  closers.push(() => uplink.stop())
  const url = `mqtt://127.0.0.1:${server.port}`
  const bob: Client = await connect({ url, token: await server.token('bob'), device: 'phone' })
  closers.push(() => bob.close({ drainMs: 0 }))
  const atBob: string[] = []
  bob.on('message', ({ text }) => atBob.push(text ?? ''))
  const tell = (from: number, to: number): void => {
    for (const text of words('bob', from, to))
      void bob
        .direct('alice')
        .send({ text })
        .catch(() => undefined)
  }

  const token = await server.token({ user: 'alice', device: 'bridge' })
  const thing = await Thing.connect(await startMosquitto(uplink.port, token))
  await thing.say(words('thing', 0, 20))
  await until(
    () => atBob.length === 20,
    DEADLINE_MS,
    () => `the first; ${atBob.length}`,
  )
  tell(0, 20)
  await until(
    () => thing.got.length === 20,
    DEADLINE_MS,
    () => `the first down; ${thing.got.length}`,
  )

  uplink.refuses = true
  uplink.cut()
  await thing.say(words('thing', 20, 1_520))
  tell(20, 120)
  uplink.refuses = false
  await until(
    () => atBob.length > 200,
    DEADLINE_MS,
    () => `the uplink; ${atBob.length}`,
  )
  uplink.cut()

  await until(
    () => atBob.length >= 1_520,
    DEADLINE_MS,
    () => `all that waited; ${atBob.length}`,
  )
  await until(
    () => thing.got.length >= 120,
    DEADLINE_MS,
    () => `all of bob; ${thing.got.length}`,
  )
  expect(atBob).toEqual(words('thing', 0, 1_520))
  expect(thing.got).toEqual(words('bob', 0, 120))
  await until(
    () => thing.accepted >= 1_520,
    DEADLINE_MS,
    () => `answers; ${thing.accepted}`,
  )
})
