import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { RejectedError, RestanteError, memoryStore, type Client } from '../../../../../clients/index.ts'
import { errorCode } from '../../../../../proto/errors.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, ScriptedServer, text } from '../scripted-server.ts'

/** Of docs/wire.md: so many sends of a device in a chat have their answer again when they are repeated. */
const OUTBOX_WINDOW = 64

let server: ScriptedServer
let client: Client | undefined
beforeEach(async () => {
  server = await ScriptedServer.start()
})
afterEach(async () => {
  await client?.close({ drainMs: 0 })
  client = undefined
  await server.stop()
})

const texts = (): (string | null | undefined)[] => server.ups.map(({ up }) => up.message?.text)
const clientSeqs = (): number[] => server.ups.map(({ up }) => up.message?.clientSeq ?? 0)

test('G1: send resolves on PUBACK and not before', async () => {
  client = await connectAlice(server)
  server.isAcknowledging = false
  let isSent = false
  const sending = client.direct('bob').send({ text: 'hello' })
  void sending.then(() => {
    isSent = true
  })
  await server.up(0)
  expect(isSent).toBe(false)
  server.acknowledge(server.publishes.at(-1) as { messageId: number })
  const sent = await sending
  expect(sent.state).toBe('sent')
})

test('an item stays in the outbox after PUBACK and leaves at Accepted', async () => {
  client = await connectAlice(server)
  const sent = await client.direct('bob').send({ text: 'hello' })
  expect(client.waiting).toEqual([sent])
  server.down({ accepted: [{ clientSeq: sent.clientSeq, seq: 1 }] })
  expect(await sent.accepted).toBe(1)
  expect(client.waiting).toEqual([])
})

test('G4: what has no answer is published again after a reconnect, in order, with the same clientSeq', async () => {
  client = await connectAlice(server)
  const chat = client.direct('bob')
  const [first] = await Promise.all(['a', 'b', 'c', 'd'].map((words) => chat.send({ text: words })))
  server.down({ accepted: [{ clientSeq: first?.clientSeq as number, seq: 1 }] })
  await first?.accepted
  server.cut()
  await until(() => server.connects.length === 2, 2_000, 'second connection')
  await server.up(6)
  expect(texts()).toEqual(['a', 'b', 'c', 'd', 'b', 'c', 'd'])
  expect(clientSeqs().slice(4)).toEqual(clientSeqs().slice(1, 4))
})

test('one Accepted with `more` answers consecutive sends', async () => {
  client = await connectAlice(server)
  const chat = client.direct('bob')
  const sents = await Promise.all(['a', 'b', 'c'].map((words) => chat.send({ text: words })))
  server.down({ accepted: [{ clientSeq: sents[0]?.clientSeq as number, seq: 7, more: 2 }] })
  expect(await Promise.all(sents.map((sent) => sent.accepted))).toEqual([7, 8, 9])
})

test('G4: a run that repeats answered sends and covers more than the window answers all that is open', async () => {
  client = await connectAlice(server)
  const chat = client.direct('bob')
  const sents = await Promise.all(
    Array.from({ length: OUTBOX_WINDOW }, (_, n) => chat.send({ text: `${n}` })),
  )
  const first = sents[0]?.clientSeq as number
  server.down({ accepted: [{ clientSeq: first, seq: 1, more: 9 }] })
  await sents[9]?.accepted
  server.down({ accepted: [{ clientSeq: first, seq: 1, more: OUTBOX_WINDOW + 20 }] })
  await sents.at(-1)?.accepted
  expect(sents.map(({ seq }) => seq)).toEqual(sents.map((_, n) => n + 1))
  expect(client.waiting).toEqual([])
  const later = await chat.send({ text: 'later' })
  server.down({ accepted: [{ clientSeq: 1, seq: 1, more: 4_000_000_000 }] })
  server.down({ accepted: [{ clientSeq: later.clientSeq, seq: 99 }] })
  expect(await later.accepted).toBe(99)
})

test('the peer is named until the first Accepted of a direct chat, and not after it', async () => {
  client = await connectAlice(server)
  const sent = await client.direct('bob').send({ text: 'a' })
  server.down({ accepted: [{ clientSeq: sent.clientSeq, seq: 1 }] })
  await sent.accepted
  await client.direct('bob').send({ text: 'b' })
  expect(server.ups.map(({ up }) => up.message?.peer)).toEqual(['bob', ''])
})

test('a refusal rejects accepted, delivered and read with the catalogue entry, and is no unhandled rejection', async () => {
  client = await connectAlice(server)
  const refused: string[] = []
  client.on('rejected', ({ error }) => refused.push(error.entry.name))
  const sent = await client.direct('nobody').send({ text: 'hello' })
  server.down({ rejected: [{ clientSeq: sent.clientSeq, code: errorCode('unknown-user') }] })
  const error = await sent.accepted.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(RejectedError)
  expect((error as RejectedError).entry).toMatchObject({
    name: 'unknown-user',
    fault: 'caller',
    advice: 'fix',
  })
  await expect(sent.delivered).rejects.toBe(error)
  await expect(sent.read).rejects.toBe(error)
  expect(sent.state).toBe('rejected')
  expect(refused).toEqual(['unknown-user'])
})

test('a refusal with retry-later is sent again with a new clientSeq and accepted in the end', async () => {
  client = await connectAlice(server)
  const sent = await client.direct('bob').send({ text: 'hello' })
  const first = sent.clientSeq
  server.down({ rejected: [{ clientSeq: first, code: errorCode('unavailable') }] })
  await server.up(1)
  const second = clientSeqs()[1] as number
  expect(second).toBeGreaterThan(first)
  server.down({ accepted: [{ clientSeq: second, seq: 1 }] })
  expect(await sent.accepted).toBe(1)
})

test('one that waits for its time holds back its own chat only', async () => {
  client = await connectAlice(server, { backoff: (attempt) => (attempt > 0 ? 150 : 5) })
  const toBob = client.direct('bob')
  const sent = await toBob.send({ text: 'a' })
  await server.delivered({ rejected: [{ clientSeq: sent.clientSeq, code: errorCode('unavailable') }] })
  void toBob.send({ text: 'b' })
  await client.direct('carol').send({ text: 'c' })
  expect(texts()).toEqual(['a', 'c'])
  await server.up(3)
  expect(texts()).toEqual(['a', 'c', 'a', 'b'])
})

test('G3: what was refused for now goes before what has not left yet, whose numbers go on behind it', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store, backoff: (attempt) => (attempt > 0 ? 150 : 5) })
  const chat = client.direct('bob')
  const words = Array.from({ length: OUTBOX_WINDOW + 3 }, (_, i) => `${i}`)
  const sent = await Promise.all(words.slice(0, OUTBOX_WINDOW).map((each) => chat.send({ text: each })))
  for (const each of words.slice(OUTBOX_WINDOW)) void chat.send({ text: each })
  const code = errorCode('unavailable')
  await server.delivered({ rejected: sent.map(({ clientSeq }) => ({ clientSeq, code })) })
  await server.up(2 * OUTBOX_WINDOW - 1)
  expect(texts().slice(OUTBOX_WINDOW)).toEqual(words.slice(0, OUTBOX_WINDOW))
  await server.delivered({
    accepted: [{ clientSeq: clientSeqs()[OUTBOX_WINDOW] as number, seq: 1, more: 63 }],
  })
  await server.up(2 * OUTBOX_WINDOW + 2)
  expect(texts().slice(OUTBOX_WINDOW)).toEqual(words)
  const numbers = clientSeqs()
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
  // As it is stored, too: another process of the device goes on with these numbers.
  expect(client.waiting.map(({ clientSeq }) => clientSeq)).toEqual(numbers.slice(-3))
  await client.close({ drainMs: 0 })
  client = await connectAlice(server, { store })
  const again = (): number[] =>
    clientSeqs()
      .slice(numbers.length)
      .filter((clientSeq) => clientSeq > 0)
  await until(() => again().length === 3, 2_000, 'what was left')
  expect(again()).toEqual(numbers.slice(-3))
})

test('G3: also when the process ended before what was refused for now went again', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store, backoff: (attempt) => (attempt > 0 ? 3_600_000 : 5) })
  const chat = client.direct('bob')
  const words = Array.from({ length: OUTBOX_WINDOW + 2 }, (_, i) => `${i}`)
  const sent = await Promise.all(words.slice(0, OUTBOX_WINDOW).map((each) => chat.send({ text: each })))
  for (const each of words.slice(OUTBOX_WINDOW)) void chat.send({ text: each })
  const code = errorCode('unavailable')
  await server.delivered({ rejected: sent.map(({ clientSeq }) => ({ clientSeq, code })) })
  void chat.send({ text: 'last' })
  await client.close({ drainMs: 0 })

  const messages = (): { text?: string | null; clientSeq?: number | null }[] =>
    server.ups.flatMap(({ up }) => up.message ?? [])
  const came = (count: number): Promise<unknown> =>
    until(
      () => messages().length === count,
      2_000,
      () => `${count} messages; there are ${messages().length}`,
    )
  client = await connectAlice(server, { store })
  await came(2 * OUTBOX_WINDOW)
  const first = messages()[OUTBOX_WINDOW]?.clientSeq as number
  await server.delivered({ accepted: [{ clientSeq: first, seq: 1, more: OUTBOX_WINDOW - 1 }] })
  await came(2 * OUTBOX_WINDOW + 3)
  expect(
    messages()
      .slice(OUTBOX_WINDOW)
      .map(({ text: one }) => one),
  ).toEqual([...words, 'last'])
  const numbers = messages().map(({ clientSeq }) => clientSeq as number)
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
})

test('where the server names a time that is the time, however often it has refused', async () => {
  client = await connectAlice(server, { backoff: (attempt) => (attempt > 0 ? 3_600_000 : 5) })
  const sent = await client.direct('bob').send({ text: 'hello' })
  const code = errorCode('rate-limited')
  server.down({ rejected: [{ clientSeq: sent.clientSeq, code, retryAfterS: 1 }] })
  await server.up(1)
  server.down({ accepted: [{ clientSeq: sent.clientSeq, seq: 1 }] })
  expect(await sent.accepted).toBe(1)
})

test('G4: a copy that was accepted settles the retry of one that was refused', async () => {
  client = await connectAlice(server, { backoff: (attempt) => (attempt > 0 ? 200 : 5) })
  const sent = await client.direct('bob').send({ text: 'a' })
  const { clientSeq } = sent
  server.cut()
  await server.up(1)
  await server.delivered({ rejected: [{ clientSeq, code: errorCode('unavailable') }] })
  await server.delivered({ accepted: [{ clientSeq, seq: 1 }] })
  expect(await sent.accepted).toBe(1)
  expect(client.waiting).toEqual([])
})

test('what is sent offline is kept, and resolves when there is a connection', async () => {
  client = await connectAlice(server)
  server.connackCode = 3
  server.cut()
  await until(() => client?.isConnected === false, 2_000, 'disconnected')
  const sending = client.direct('bob').send({ text: 'later' })
  expect(client.waiting.map((sent) => sent.state)).toEqual(['waiting'])
  server.connackCode = 0
  expect((await sending).state).toBe('sent')
})

test('G2: the outbox outlives the process: same clientSeq, oldest first', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store })
  await client.direct('bob').send({ text: 'a' })
  server.connackCode = 3
  server.cut()
  await until(() => client?.isConnected === false, 2_000, 'disconnected')
  void client.direct('bob').send({ text: 'b' })
  await client.close({ drainMs: 0 })
  const before = clientSeqs()

  server.connackCode = 0
  client = await connectAlice(server, { store })
  expect(client.waiting.map((sent) => sent.clientSeq)).toEqual([before[0], (before[0] as number) + 1])
  await server.up(2)
  expect(texts()).toEqual(['a', 'a', 'b'])
  expect(clientSeqs()[1]).toBe(before[0])
  expect(server.ups[2]?.up.message?.peer).toBe('bob')
})

test('too large, empty or to nobody is refused before it is stored', async () => {
  client = await connectAlice(server)
  const chat = client.direct('bob')
  const refused = async (sending: Promise<unknown>): Promise<string> => {
    const error = await sending.catch((reason: unknown) => reason)
    return (error as RejectedError).entry.name
  }
  expect(await refused(chat.send({ text: 'x'.repeat(65_537) }))).toBe('too-large')
  expect(await refused(chat.send({ body: new Uint8Array(65_537) }))).toBe('too-large')
  expect(await refused(chat.send({ text: '' }))).toBe('invalid')
  expect(await refused(client.createGroup({ name: 'g', members: ['a/b'] }))).toBe('unknown-user')
  expect(await refused(client.createGroup({ name: ' \u200b', members: ['bob'] }))).toBe('invalid')
  expect(client.waiting).toEqual([])
  expect(() => client?.direct('alice')).toThrow(/another user/)
})

test('a group is named in the spelling that everybody sees', async () => {
  client = await connectAlice(server)
  client.createGroup({ name: ' cafe\u0301\n', members: ['bob'] }).catch(() => {})
  expect((await server.up(0)).create?.name).toBe('caf\u00e9')
})

test('close ends the promises of what has no answer, without an unhandled rejection', async () => {
  client = await connectAlice(server)
  const sent = await client.direct('bob').send({ text: 'a' })
  client.direct('bob').typing()
  await client.close()
  const error = await sent.delivered.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(RestanteError)
  expect((error as RestanteError).code).toBe('closed')
  await expect(client.direct('bob').send({ text: 'b' })).rejects.toMatchObject({ code: 'closed' })
})

test('a clock that jumps back does not hold back what waits for its time', async () => {
  const real = Date.now
  let offsetMs = 0
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => real() + offsetMs)
  onTestFinished(() => clock.mockRestore())
  client = await connectAlice(server, { backoff: (attempt) => (attempt > 0 ? 50 : 5) })
  const sent = await client.direct('bob').send({ text: 'hello' })
  server.down({ rejected: [{ clientSeq: sent.clientSeq, code: errorCode('unavailable') }] })
  await vi.waitFor(() => expect(sent.clientSeq).not.toBe(clientSeqs()[0]))
  offsetMs = -3_600_000
  await vi.waitFor(() => expect(clientSeqs()[1]).toBe(sent.clientSeq))
})

test('one copy was refused and a later one accepted: the message is in the history, told, and leaves no gap', async () => {
  client = await connectAlice(server)
  const told: string[] = []
  client.on('rejected', ({ error }) => told.push(error.entry.name))
  client.on('accepted', ({ seq }) => told.push(`accepted ${seq}`))
  client.on('gap', () => told.push('gap'))
  const chat = client.direct('bob')
  await chat.send({ text: 'first' })
  server.down({ accepted: [{ clientSeq: clientSeqs()[0] as number, seq: 1 }] })
  const sent = await chat.send({ text: 'second' })
  server.cut()
  await server.up(2)
  const { clientSeq } = sent
  await server.delivered({ rejected: [{ clientSeq, code: errorCode('unknown-chat') }] })
  expect(sent.state).toBe('rejected')
  await server.delivered({ accepted: [{ clientSeq, seq: 2 }] })
  await server.delivered({ messages: [text(chat.id, 3, 'hi')] })
  expect(told).toEqual(['accepted 1', 'unknown-chat', 'accepted 2'])
  expect((await chat.history()).map((message) => message.text)).toEqual(['first', 'second', 'hi'])
  expect([sent.state, sent.seq]).toEqual(['accepted', 2])
})
