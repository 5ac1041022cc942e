// A real work loop at a real node: what waited for the directory brings one worker down after the other.
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { decodeDeadEntry, decodeUp, encodeUp, type Up } from '../../../../proto/codec.ts'
import { errorCode } from '../../../../proto/errors.ts'
import { chatBytesOf, directChatId, type UserId } from '../../../../proto/ids.ts'
import { decodeEnvelope, encodeFanout, encodeWork } from '../../../../proto/server-codec.ts'
import { apply } from '../../../../workers/chat/apply.ts'
import { Allowance } from '../../../../workers/loop/allowance.ts'
import { FactSource } from '../../../../workers/loop/facts.ts'
import type { FanoutBuilder } from '../../../../workers/loop/fanout-builder.ts'
import { KnownUsers } from '../../../../workers/loop/known-users.ts'
import { WorkLoop } from '../../../../workers/loop/work-loop.ts'
import { WorkerMetrics } from '../../../../workers/metrics.ts'
import { until } from '../../../support/deadline.ts'
import { MapDirectory } from '../../workers/map-directory.ts'
import { freshStore, type TestConnection } from '../delivery-support.ts'
import { chatIn, chatTopicOf, startNode, type TestNode, TestWorker } from '../node-support.ts'

const POISON = 'poison'
const DIRECT = chatBytesOf(directChatId('alice' as UserId, 'dan' as UserId))
const PARTITION = DIRECT[9] as number
const GROUP = chatIn(PARTITION)

/** The work loop behind a connection to the node. Carrying out the poisoned message ends it, whatever it was about to say. */
class LoopWorker {
  readonly #worker: TestWorker
  readonly #loop: WorkLoop
  #seen = 0
  isDead = false

  /** @param knowsIt whether it knows of a directory that is away before it has asked it */
  constructor({ node }: TestNode, name: string, directory: MapDirectory, knowsIt = true) {
    this.#worker = new TestWorker(node, name)
    const asked = directory.calls.length
    let uptimeMs = 0
    const known = new KnownUsers(100)
    for (const user of ['alice', 'bob']) known.add(user)
    const limits = {
      recipientsPerMinMax: 1e9,
      recipientBytesPerSMax: 1e9,
      recipientsBurstS: 1,
      chatsPerDayMax: 1e9,
    }
    // Time passes with each look at the clock: nothing here is to wait for it.
    const facts = new FactSource(directory, known, new Allowance(limits), 16, () => (uptimeMs += 2_000))
    this.#loop = new WorkLoop({
      facts,
      metrics: new WorkerMetrics(),
      log: pino({ level: 'silent' }),
      cachedFieldsMax: 10_000,
      canCopy: () => !directory.isAway || (!knowsIt && directory.calls.length === asked),
      step: (chat, seen, entry) => {
        const outcome = apply(chat, seen, entry)
        const isPoison = entry.content.kind === 'up' && entry.content.up.message?.text === POISON
        if (isPoison && typeof outcome !== 'string') this.isDead = true
        return outcome
      },
    })
  }

  /** What came, and then what a link does every second. */
  async turn(): Promise<void> {
    const { works } = this.#worker
    while (this.#seen < works.length && !this.isDead)
      await this.#publish(await this.#loop.handle(encodeWork(works[this.#seen++] ?? {})))
    if (this.isDead) return
    await this.#loop.lookAtParked()
    this.#loop.settled()
    const waiting = [...this.#loop.partitions].filter((partition) => this.#loop.isWaiting(partition, true))
    await this.#publish(this.#loop.idle(waiting))
  }

  /** Envelopes that it knows to wait. */
  get waiting(): number {
    return [...this.#loop.partitions].reduce((sum, { parked }) => sum + parked.size, 0)
  }

  leave(): void {
    this.#worker.leave()
  }

  async #publish(first: FanoutBuilder | undefined): Promise<void> {
    for (let fanout = first; fanout !== undefined; fanout = fanout.next) {
      if (this.isDead) return this.#worker.leave()
      if (fanout.isEmpty) continue
      const { partitions } = fanout
      await this.#worker.publish(fanoutOf(fanout))
      for (const partition of partitions) partition.unsettled--
    }
  }
}

const fanoutOf = (builder: FanoutBuilder): ReturnType<FanoutBuilder['finish']> => {
  const fanout = builder.finish()
  expect(encodeFanout(fanout).length).toBeGreaterThan(0)
  return fanout
}

const send = ({ node }: TestNode, from: TestConnection, chat: Uint8Array, up: Up): Promise<void> =>
  node.take(from, [{ topic: chatTopicOf(chat), payload: encodeUp(up) }])

const noteOf = async ({ store }: TestNode): Promise<string> => {
  const [fields] = await store.states(PARTITION, ['~parked'])
  return Buffer.from(fields?.get('!tried') ?? []).toString()
}
const parkedOf = async ({ store }: TestNode): Promise<string[]> => {
  const [fields] = await store.states(PARTITION, ['~parked'])
  return [...(fields?.keys() ?? [])]
}
const deadOf = async ({ store }: TestNode) => (await store.read('dead', 0, 10, 100_000)).entries
const answersOf = ({ downs }: TestConnection): string[] =>
  downs.flatMap(({ accepted, rejected }) => [
    ...accepted.flatMap(({ clientSeq, seq, more }) =>
      Array.from({ length: (more ?? 0) + 1 }, (_, i) => `${(clientSeq ?? 0) + i}→${(seq ?? 0) + i}`),
    ),
    ...rejected.map(({ clientSeq, code }) => `${clientSeq} ${code}`),
  ])

/** Three to dan, the first or second of which is poison, and a group: all wait, for the directory is away. */
async function waiting(
  texts: readonly string[],
): Promise<{ bench: TestNode; alice: TestConnection; directory: MapDirectory }> {
  const bench = await startNode(await freshStore())
  const alice = await bench.device('alice')
  const directory = new MapDirectory()
  directory.users.add('dan')
  directory.isAway = true
  for (const [i, text] of texts.entries())
    await send(bench, alice, DIRECT, { message: { clientSeq: i + 1, text, peer: 'dan' } })
  await send(bench, alice, GROUP, { create: { clientSeq: 9, name: 'trip', members: ['dan'] } })
  const first = new LoopWorker(bench, 'first', directory)
  const isParked = async (): Promise<boolean> => {
    await first.turn()
    return (await parkedOf(bench)).length === texts.length + 1
  }
  await until(isParked, 10_000, 'everything to wait', 1)
  first.leave()
  return { bench, alice, directory }
}

/** Workers, one after the other, until everything is decided. @returns how many died */
async function decide(bench: TestNode, directory: MapDirectory, workersMax: number): Promise<number> {
  for (let deaths = 0; deaths < workersMax; deaths++) {
    const worker = new LoopWorker(bench, `w${deaths}`, directory)
    const isOver = async (): Promise<boolean> => {
      await worker.turn()
      return worker.isDead || (await parkedOf(bench)).length === 0
    }
    await until(isOver, 10_000, 'a decision, or a death', 1)
    if (!worker.isDead) return deaths
  }
  return workersMax
}

describe('a command that waited for the directory and brings workers down', () => {
  it.each([
    { texts: [POISON, 'two', 'three'], accepted: ['2→1', '3→2'], dead: 1 },
    { texts: ['one', POISON, 'three'], accepted: ['1→1', '3→2'], dead: 2 },
  ])('is set aside, its sender is told, and the chat goes on ($texts)', async ({ texts, accepted, dead }) => {
    const { bench, alice, directory } = await waiting(texts)
    directory.isAway = false
    const deaths = await decide(bench, directory, 20)
    expect(deaths).toBe(6)
    expect(bench.metrics.count('setAside')).toBe(1)
    await until(
      () => answersOf(alice).length === texts.length + 1,
      5_000,
      () => answersOf(alice).join(', '),
    )
    expect(answersOf(alice).sort()).toEqual([...accepted, '9→1', `${dead} ${errorCode('internal')}`].sort())
    const [entry, ...others] = await deadOf(bench)
    const { user, partition, envelope } = decodeDeadEntry(entry?.bytes as Uint8Array)
    expect([user, partition, others.length]).toEqual(['alice', PARTITION, 0])
    expect(decodeUp(decodeEnvelope(envelope).up as Uint8Array).message?.text).toBe(POISON)
  })

  it.each([
    { they: 'know', knowsIt: true },
    { they: 'have to find out', knowsIt: false },
  ])(
    'is not taken for one because workers came and went while the directory was away, as they $they',
    async (way) => {
      const { bench, alice, directory } = await waiting(['one', 'two'])
      for (let i = 0; i < 8; i++) {
        const asked = directory.calls.length
        const worker = new LoopWorker(bench, `gone${i}`, directory, way.knowsIt)
        const hasIt = async (): Promise<boolean> => {
          await worker.turn()
          return worker.waiting === 3 && (way.knowsIt || directory.calls.length > asked)
        }
        await until(hasIt, 10_000, 'what waits', 1)
        for (let turns = 0; turns < 3; turns++) await worker.turn()
        worker.leave()
      }
      directory.isAway = false
      expect(await decide(bench, directory, 1)).toBe(0)
      await until(
        () => answersOf(alice).length === 3,
        5_000,
        () => answersOf(alice).join(', '),
      )
      expect([answersOf(alice).sort(), await deadOf(bench)]).toEqual([['1→1', '2→2', '9→1'], []])
    },
  )

  it('is not taken for one because workers went while they asked the directory, however many: then all is decided', async () => {
    const { bench, alice, directory } = await waiting(['one', 'two'])
    directory.isAway = false
    const existing = directory.existing.bind(directory)
    for (let i = 0; i < 10; i++) {
      let isAsked = false
      directory.existing = () => {
        isAsked = true
        return new Promise(() => undefined)
      }
      const worker = new LoopWorker(bench, `gone${i}`, directory)
      const hasAsked = async (): Promise<boolean> => {
        void worker.turn()
        await new Promise((resolve) => setImmediate(resolve))
        return isAsked
      }
      await until(hasAsked, 10_000, 'the question', 1)
      worker.leave()
    }
    directory.existing = existing
    expect(await noteOf(bench)).toBe('')
    expect(await decide(bench, directory, 1)).toBe(0)
    await until(
      () => answersOf(alice).length === 3,
      5_000,
      () => answersOf(alice).join(', '),
    )
    expect([answersOf(alice).sort(), await deadOf(bench)]).toEqual([['1→1', '2→2', '9→1'], []])
  })
})
