import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect, type Client, type SentMessage } from '../../../clients/index.ts'
import { until } from '../../support/deadline.ts'
import { pythonWith, type Python } from '../../support/python.ts'
import { Server } from '../../support/server.ts'
import { keepWatch } from '../../support/watchdog.ts'

const fileOf = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))
const DEADLINE_MS = 30_000

let server: Server
let folder: string
let bob: Client | undefined
const running = new Set<PythonClient>()
beforeEach(async () => {
  server = await Server.start()
  folder = mkdtempSync(join(tmpdir(), 'restante-python-client-'))
})
afterEach(async () => {
  for (const client of running) await client.kill()
  await bob?.close({ drainMs: 0 })
  await server.dispose()
  rmSync(folder, { recursive: true, force: true })
})

type Told = Record<string, unknown>

/** One process of docs/examples/client.py as alice/python; the next one goes on with its store. */
class PythonClient {
  readonly told: Told[] = []
  readonly #child: ChildProcess
  #errors = ''
  #rest = ''

  constructor({ path, env }: Python) {
    const address = `127.0.0.1:${server.port}`
    const args = [address, 'alice/python', join(folder, 'token'), join(folder, 'alice.sqlite')]
    this.#child = spawn(path, [fileOf('docs/examples/client.py'), ...args], { env })
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#take(text))
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#errors += text))
    keepWatch(this.#child, folder)
    running.add(this)
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() as string
    for (const line of lines) this.told.push(JSON.parse(line) as Told)
  }

  say(text: string): void {
    this.#child.stdin?.write(`bob ${text}\n`)
  }

  all(key: string): unknown[] {
    return this.told.filter((item) => key in item).map((item) => item[key])
  }

  async toldSome(what: string, count: () => boolean): Promise<void> {
    const show = (): string => `${what}; ${JSON.stringify(this.told.slice(-5))} ${this.#errors}`
    await until(count, DEADLINE_MS, show)
  }

  async kill(): Promise<void> {
    running.delete(this)
    const exit = once(this.#child, 'exit')
    if (this.#child.exitCode === null && this.#child.kill('SIGKILL')) await exit
  }
}

const words = (who: string, from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `${who} ${from + i}`)

test('docs/examples/client.py does what the vectors of receiving say', async (context) => {
  const { path, env } = pythonWith(context, 'google.protobuf', 'paho.mqtt.client')
  const { stdout } = await promisify(execFile)(path, [fileOf('conformance/try_client.py')], { env })
  expect(stdout).toMatch(/^[3-9]\d scenarios$/m)
})

test('docs/examples/client.py and the SDK: nothing is lost, doubled or out of order over kills of server and client (G2, G3, G4, G6)', async (context) => {
  const python = pythonWith(context, 'google.protobuf', 'paho.mqtt.client')
  writeFileSync(join(folder, 'token'), await server.token('alice'))
  const url = `mqtt://127.0.0.1:${server.port}`
  bob = await connect({ url, token: await server.token('bob'), device: 'phone', backoff: () => 100 })
  const atBob: string[] = []
  let seq = 0
  bob.on('message', (message) => {
    atBob.push(message.text ?? '')
    seq = message.seq
  })
  let alice = new PythonClient(python)
  await alice.toldSome('connected', () => alice.all('connected').length > 0)

  const sents: Promise<SentMessage>[] = []
  const both = (from: number, to: number): void => {
    for (const text of words('bob', from, to)) sents.push((bob as Client).direct('alice').send({ text }))
    for (const text of words('alice', from, to)) alice.say(text)
  }
  both(0, 40)
  await until(() => atBob.length > 5, DEADLINE_MS, 'the first of alice')
  await server.kill()
  both(40, 80)
  await server.restart()
  const { length: shownBefore } = alice.all('text')
  await alice.toldSome('more of bob', () => alice.all('text').length > Math.max(45, shownBefore))
  await alice.kill()
  const before = alice.all('text')
  alice = new PythonClient(python)
  both(80, 100)

  await until(
    () => atBob.length >= 100,
    DEADLINE_MS,
    () => `all of alice; ${atBob.length}`,
  )
  await alice.toldSome('all of bob', () => alice.all('text').at(-1) === 'bob 99')
  expect(atBob).toEqual(words('alice', 0, 100))
  // What was printed and not yet noted as such when the process was killed is printed again: one at most.
  const after = alice.all('text')
  expect([...before, ...(after[0] === before.at(-1) ? after.slice(1) : after)]).toEqual(words('bob', 0, 100))

  // Receipts both ways: what alice's store has is delivered, what she printed is read.
  for (const sent of await Promise.all(sents)) await sent.read
  await alice.toldSome('delivered', () => (alice.all('delivered').at(-1) as number) >= seq)
  await bob.direct('alice').markRead()
  await alice.toldSome('read', () => (alice.all('read').at(-1) as number) >= seq)
})
