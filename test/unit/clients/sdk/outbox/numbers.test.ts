import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, test, vi } from 'vitest'
import { memoryStore, type Client } from '../../../../../clients/index.ts'
import { Numbers } from '../../../../../clients/sdk/outbox/numbers.ts'
import { errorCode } from '../../../../../proto/errors.ts'
import { chatBytesOf } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, ScriptedServer, tokenFor } from '../scripted-server.ts'

const NOW_MS = 1_800_000_000_000
/** The clock in numbers: 2,048 a second. */
const atClock = (ms: number): number => Math.floor((ms * 2_048) / 1_000)
const SPAN = 2 ** 20

describe('the numbers of an outbox', () => {
  it('begin above all that were used and above the clock, at random, and follow one another', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 43 }), fc.nat({ max: 4_000_000_000_000 }), (last, nowMs) => {
        const numbers = new Numbers(last, () => nowMs)
        const first = numbers.next()
        expect(first).toBeGreaterThan(last)
        expect(first).toBeGreaterThan(atClock(nowMs))
        expect(first).toBeLessThanOrEqual(Math.max(last, atClock(nowMs)) + SPAN)
        expect(numbers.next()).toBe(first + 1)
        expect(numbers.last).toBe(first + 1)
      }),
    )
  })

  it('differ between outboxes that begin in the same millisecond', () => {
    const firsts = Array.from({ length: 100 }, () => new Numbers(0, () => NOW_MS).next())
    expect(new Set(firsts).size).toBeGreaterThan(95)
  })

  it('differ between processes that go on from one store, whatever the clock says: two that were copied, or are run at once', () => {
    const last = atClock(NOW_MS) + SPAN
    const firsts = Array.from({ length: 100 }, () => new Numbers(last, () => NOW_MS).next())
    expect(new Set(firsts).size).toBeGreaterThan(95)
  })

  it('fit into six bytes of a varint until 2038', () => {
    expect(new Numbers(0, () => Date.UTC(2038, 0, 1)).next()).toBeLessThan(2 ** 42)
  })

  it('skip ahead of what was refused, each time farther, and say when that is of no use any more', () => {
    const numbers = new Numbers(0, () => NOW_MS)
    let refused = numbers.next()
    let attempt = 0
    for (; numbers.skip(refused, attempt); attempt++) {
      const next = numbers.next()
      expect(next - refused).toBeGreaterThanOrEqual(SPAN * 4 ** attempt)
      refused = next
    }
    expect(refused - atClock(NOW_MS)).toBeGreaterThan(100 * 365 * 86_400 * 2_048)
    expect(refused).toBeLessThan(Number.MAX_SAFE_INTEGER)
  })
})

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

test('a phone whose clock is behind takes its numbers above the time of its token', async () => {
  const iat = Math.floor(Date.now() / 1000) + 86_400
  client = await connectAlice(server, { token: tokenFor('alice', { iat }) })
  const sent = await client.direct('bob').send({ text: 'a' })
  expect(sent.clientSeq).toBeGreaterThan(atClock(iat * 1000))
})

test('a store that is opened again goes on above the clock, whatever it had used', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store })
  await client.direct('bob').send({ text: 'a' })
  await client.close({ drainMs: 0 })
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000)
  onTestFinished(() => clock.mockRestore())
  client = await connectAlice(server, { store })
  const sent = await client.direct('bob').send({ text: 'b' })
  expect(sent.clientSeq).toBeGreaterThan(atClock(Date.now()))
})

test('G4: a new outbox whose numbers a lost one has used skips ahead until the server takes them, in order', async () => {
  client = await connectAlice(server)
  const refused: string[] = []
  client.on('rejected', ({ error }) => refused.push(error.entry.name))
  const chat = client.direct('bob')
  const sents = await Promise.all([chat.send({ text: 'a' }), chat.send({ text: 'b' })])
  const highest = Date.now() + 86_400_000
  let answered = 0
  let seq = 0
  await until(
    () => {
      for (; answered < server.ups.length; answered++) {
        const clientSeq = clientSeqs()[answered] as number
        if (clientSeq > highest) server.down({ accepted: [{ clientSeq, seq: ++seq }] })
        else server.down({ rejected: [{ clientSeq, code: errorCode('stale-client-seq') }] })
      }
      return seq === 2
    },
    5_000,
    'both accepted',
  )
  expect(await Promise.all(sents.map((sent) => sent.accepted))).toEqual([1, 2])
  expect(refused).toEqual([])
})

test('G4: a stale answer to what may have been decided before is final, so that it does not become two messages', async () => {
  client = await connectAlice(server)
  const sent = await client.direct('bob').send({ text: 'a' })
  server.cut()
  await server.up(1)
  server.down({ rejected: [{ clientSeq: sent.clientSeq, code: errorCode('stale-client-seq') }] })
  await expect(sent.accepted).rejects.toMatchObject({ entry: { name: 'stale-client-seq' } })
})

test('G4: a number that another send has is changed, at once and in order; the app sees one send', async () => {
  client = await connectAlice(server, { backoff: () => 60_000 })
  const told: string[] = []
  client.on('rejected', ({ error }) => told.push(error.entry.name))
  client.on('accepted', ({ clientSeq, seq }) => told.push(`${clientSeq}→${seq}`))
  const chat = client.direct('bob')
  const [first, second] = await Promise.all([chat.send({ text: 'a' }), chat.send({ text: 'b' })])
  const before = [first.clientSeq, second.clientSeq]
  const code = errorCode('client-seq-reused')
  server.down({ rejected: before.map((clientSeq) => ({ clientSeq, code })) })
  await server.up(3)
  expect(texts()).toEqual(['a', 'b', 'a', 'b'])
  expect(clientSeqs().slice(2)).toEqual([first.clientSeq, second.clientSeq])
  expect(first.clientSeq - (before[1] ?? 0)).toBeGreaterThanOrEqual(SPAN - 1)
  // The answer to the send that has the number is none to this one.
  await server.delivered({ accepted: [{ clientSeq: before[0] ?? 0, seq: 7, more: 1 }] })
  expect([first.state, second.state]).toEqual(['sent', 'sent'])
  server.down({ accepted: [{ clientSeq: first.clientSeq, seq: 8, more: 1 }] })
  expect(await Promise.all([first.accepted, second.accepted])).toEqual([8, 9])
  expect(told).toEqual([`${first.clientSeq}→8`, `${second.clientSeq}→9`])
})

test('G4: a reused number is changed though the send was published more than once: nothing was stored for it', async () => {
  client = await connectAlice(server)
  const sent = await client.direct('bob').send({ text: 'a' })
  const { clientSeq } = sent
  server.cut()
  await server.up(1)
  const rejected = [{ clientSeq, code: errorCode('client-seq-reused') }]
  server.down({ rejected })
  await server.up(2)
  // The other copy's answer hits nobody.
  await server.delivered({ rejected })
  server.down({ accepted: [{ clientSeq: sent.clientSeq, seq: 1 }] })
  expect(await sent.accepted).toBe(1)
  expect(server.ups.length).toBe(3)
})

test('G4: a server that finds every number reused is given up in the end, and the app is told', async () => {
  client = await connectAlice(server)
  const sent = await client.direct('bob').send({ text: 'a' })
  let answered = 0
  const code = errorCode('client-seq-reused')
  const answering = setInterval(() => {
    for (; answered < server.ups.length; answered++)
      server.down({ rejected: [{ clientSeq: clientSeqs()[answered] as number, code }] })
  }, 1)
  onTestFinished(() => clearInterval(answering))
  await expect(sent.accepted).rejects.toMatchObject({ entry: { name: 'client-seq-reused' } })
  expect(client.waiting).toEqual([])
})

test('G4: what was set aside is asked for once more if another copy of it may be accepted, else it is refused', async () => {
  client = await connectAlice(server, { backoff: () => 5 })
  const code = errorCode('internal')
  const single = await client.direct('bob').send({ text: 'a' })
  server.down({ rejected: [{ clientSeq: single.clientSeq, code }] })
  await expect(single.accepted).rejects.toMatchObject({ entry: { name: 'internal' } })

  const double = await client.direct('bob').send({ text: 'b' })
  const first = double.clientSeq
  server.cut()
  await server.up(2)
  server.down({ rejected: [{ clientSeq: first, code }] })
  expect((await server.up(3)).insteadOf).toEqual([first])
  expect(double.clientSeq).toBeGreaterThan(first)
  // Whatever it does to servers, it does not go on for ever.
  server.down({ rejected: [{ clientSeq: double.clientSeq, code }] })
  await expect(double.accepted).rejects.toMatchObject({ entry: { name: 'internal' } })
})

test.each([
  ['in this process', false],
  ['after a restart', true],
])(
  'G4: an earlier copy that is accepted settles its retry, which has left and is set aside: %s',
  async (_, isAgain) => {
    const store = memoryStore()
    client = await connectAlice(server, { store, backoff: () => 5 })
    const sent = await client.direct('bob').send({ text: 'a' })
    const first = sent.clientSeq
    server.cut()
    await server.up(1)
    server.down({ rejected: [{ clientSeq: first, code: errorCode('internal') }] })
    expect((await server.up(2)).insteadOf).toEqual([first])
    if (isAgain) {
      await client.close({ drainMs: 0 })
      client = await connectAlice(server, { store })
      expect((await server.up(3)).insteadOf).toEqual([first])
    }
    const told: string[] = []
    client.on('accepted', ({ seq }) => told.push(`accepted ${seq}`))
    client.on('rejected', ({ error }) => told.push(error.entry.name))
    const retry = clientSeqs().at(-1) ?? 0
    await server.delivered({ accepted: [{ clientSeq: first, seq: 1 }] })
    await server.delivered({ rejected: [{ clientSeq: retry, code: errorCode('internal') }] })
    expect(told).toEqual(['accepted 1'])
    expect(client.waiting).toEqual([])
    if (!isAgain) expect(await sent.accepted).toBe(1)
  },
)

test('G4: a stale answer to a retry that names another number is final: nobody knows what became of that', async () => {
  client = await connectAlice(server, { backoff: () => 5 })
  const sent = await client.direct('bob').send({ text: 'a' })
  server.cut()
  await server.up(1)
  server.down({ rejected: [{ clientSeq: sent.clientSeq, code: errorCode('rate-limited') }] })
  await server.up(2)
  server.down({ rejected: [{ clientSeq: sent.clientSeq, code: errorCode('stale-client-seq') }] })
  await expect(sent.accepted).rejects.toMatchObject({ entry: { name: 'stale-client-seq' } })
  expect(server.ups.length).toBe(3)
})

test('G4: a retry names the number of which the server may have another copy, also after a restart', async () => {
  const store = memoryStore()
  const later = { code: errorCode('rate-limited') }
  client = await connectAlice(server, { store, backoff: () => 5 })
  const sent = await client.direct('bob').send({ text: 'a' })
  const first = sent.clientSeq
  server.cut()
  await server.up(1)
  server.down({ rejected: [{ clientSeq: first, ...later }] })
  const retried = await server.up(2)
  expect([retried.insteadOf, (await server.up(0)).insteadOf]).toEqual([[first], []])
  // This one was published once: when it is refused, no other copy of it can be accepted.
  server.down({ rejected: [{ clientSeq: sent.clientSeq, ...later }] })
  expect((await server.up(3)).insteadOf).toEqual([first])
  await client.close({ drainMs: 0 })
  client = await connectAlice(server, { store })
  expect((await server.up(4)).insteadOf).toEqual([first])
})

test('G4: an answer without a number is told, and is taken for none of the sends', async () => {
  client = await connectAlice(server)
  const errors: string[] = []
  client.on('error', (error) => errors.push(error.message))
  const sent = await client.direct('bob').send({ text: 'a' })
  const chat = chatBytesOf(client.direct('bob').id)
  await server.delivered({ rejected: [{ code: errorCode('malformed'), chat }] })
  expect(sent.state).toBe('sent')
  await until(() => errors.length === 1, 2_000, 'the error')
  expect(errors[0]).toContain('malformed')
  server.down({ accepted: [{ clientSeq: sent.clientSeq, seq: 1 }] })
  expect(await sent.accepted).toBe(1)
})

test('G4: the second answer to a refused send hits no other send', async () => {
  client = await connectAlice(server)
  const chat = client.direct('bob')
  const bad = await chat.send({ text: 'bad' })
  server.cut()
  await server.up(1)
  const rejected = [{ clientSeq: bad.clientSeq, code: errorCode('malformed') }]
  await server.delivered({ rejected })
  const good = await chat.send({ text: 'good' })
  await server.delivered({ rejected })
  expect([bad.state, good.state]).toEqual(['rejected', 'sent'])
  server.down({ accepted: [{ clientSeq: good.clientSeq, seq: 1 }] })
  expect(await good.accepted).toBe(1)
})

test('text that is cut through in a character never leaves, wherever it stands', async () => {
  client = await connectAlice(server)
  const half = '😀'.slice(0, 1)
  const chat = client.direct('bob')
  const group = await (async () => {
    const making = client?.createGroup({ name: 'trip 😀', members: ['bob'] })
    const { create } = await server.up(0)
    server.down({ accepted: [{ clientSeq: create?.clientSeq ?? 0, seq: 1 }] })
    return making
  })()
  const illFormed: Promise<unknown>[] = [
    chat.send({ text: `half ${half}` }),
    chat.send({ text: '😀'.slice(1) }),
    chat.send({ body: new Uint8Array(1), contentType: half }),
    client.createGroup({ name: half, members: ['bob'] }),
    client.createGroup({ name: 'g', members: [`b${half}`] }),
    client.removeDevice(half),
    ...(group ? [group.rename(half), group.add(half), group.remove(half), group.setRole(half, 'admin')] : []),
  ]
  expect(illFormed.length).toBe(10)
  for (const sending of illFormed) await expect(sending).rejects.toMatchObject({ code: 'ill-formed-text' })
  await chat.send({ text: 'whole 😀' })
  expect([server.ups.length, server.requests.length]).toEqual([2, 1])
})
