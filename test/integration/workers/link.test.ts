import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../../kit/log.ts'
import { encodeUp } from '../../../proto/codec.ts'
import { chatBytesOf, directChatId, type DeviceId, partitionOfChat, type UserId } from '../../../proto/ids.ts'
import { decodeFanout, encodeEnvelope, encodeWork, type Work } from '../../../proto/server-codec.ts'
import { DirectoryCopy } from '../../../workers/loop/copy/copy.ts'
import { Allowance } from '../../../workers/loop/allowance.ts'
import { FactSource } from '../../../workers/loop/facts.ts'
import { KnownUsers } from '../../../workers/loop/known-users.ts'
import { connecting, Link } from '../../../workers/loop/link.ts'
import { WorkLoop } from '../../../workers/loop/work-loop.ts'
import { WorkerMetrics } from '../../../workers/metrics.ts'
import { type BareBroker, bareToken, startBareBroker } from '../../support/bare-broker.ts'
import { until } from '../../support/deadline.ts'
import { MapDirectory } from '../../unit/workers/map-directory.ts'

const CHAT = directChatId('ann' as UserId, 'bob' as UserId)
const OTHER = directChatId('ann' as UserId, 'cid' as UserId)
const WORKER = { role: 'worker' }

/** The packet of a Work frame at QoS 0. */
function packet(work: Work): Buffer {
  const payload = encodeWork(work)
  const length: number[] = []
  for (let rest = payload.length + 3; ; rest >>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest)
    if (rest <= 127) break
  }
  return Buffer.concat([Buffer.from([0x30, ...length, 0, 1]), Buffer.from('g'), payload])
}

function batch(from: number, texts: readonly string[], clientSeq: number, chat = CHAT, peer = 'bob'): Work {
  const entries = texts.map((text, i) =>
    encodeEnvelope({
      user: 'ann',
      device: 'phone',
      atMs: 1_760_000_000_000,
      chat: chatBytesOf(chat),
      up: encodeUp({ message: { clientSeq: clientSeq + i, text, peer } }),
    }),
  )
  const states = [{ chat: chatBytesOf(chat) }]
  return { batches: [{ partition: partitionOfChat(chat), epoch: 1, from, entries, states }] }
}

describe('the worker’s connection', () => {
  let bare: BareBroker
  let link: Link | undefined
  let loop: WorkLoop
  let copy: DirectoryCopy
  let directory: MapDirectory

  beforeEach(async () => {
    directory = new MapDirectory()
    bare = await startBareBroker()
    bare.delivery.grants = (filter) => (filter === 'g/#' ? 0 : 128)
  })
  afterEach(async () => {
    await link?.stop(500)
    await bare.stop()
  })

  function open(token: string): Link {
    const metrics = new WorkerMetrics()
    const log = createLog('silent')
    const known = new KnownUsers(10)
    for (const user of ['ann', 'bob', 'cid']) known.add(user)
    const facts = new FactSource(
      directory,
      known,
      new Allowance({
        recipientsPerMinMax: 1_000,
        recipientBytesPerSMax: 1e12,
        recipientsBurstS: 1,
        chatsPerDayMax: 1e12,
      }),
      16,
    )
    const canCopy = (): boolean => false
    loop = new WorkLoop({ facts, metrics, log, cachedFieldsMax: 1_000, canCopy })
    copy = new DirectoryCopy(directory, loop, metrics, log)
    const url = `mqtt://127.0.0.1:${bare.port}`
    const name = 'w1' as DeviceId
    link = new Link({
      open: connecting(url),
      token: { kind: 'token', token },
      name,
      loop,
      copy,
      canCopy,
      metrics,
      log,
    })
    link.start()
    return link
  }
  const working = (each: Link): Promise<unknown> => until(() => each.isWorking, 5_000, 'the link to work')
  const write = (work: Work): boolean | undefined => bare.delivery.attached.at(-1)?.write(packet(work))
  /** Without those that say nothing: their PUBACKs alone count. */
  const fanouts = () =>
    bare.delivery.taken
      .flatMap(({ publishes }) => publishes.map(({ payload }) => decodeFanout(payload)))
      .filter(({ commits }) => commits.length > 0)

  it('subscribes to g/#, and answers Work frames in the order in which they came', async () => {
    await working(open(await bareToken('w', WORKER)))
    expect(bare.delivery.calls).toContain('subscribe g/# 0')
    expect(bare.delivery.attached[0]).toMatchObject({ user: 'w', device: 'w1' })
    write(batch(0, ['one', 'two'], 1))
    write(batch(2, ['three'], 3))
    await until(() => fanouts().length === 2, 5_000, 'two Fanouts')
    expect(fanouts().map(({ commits }) => [commits[0]?.from, commits[0]?.upTo])).toEqual([
      [0, 2],
      [2, 3],
    ])
  })

  it('goes on while PUBACKs are waited for: one may wait for a server of the store that others do not need', async () => {
    bare.delivery.takesAtOnce = false
    await working(open(await bareToken('w', WORKER)))
    for (let i = 0; i < 4; i++) write(batch(i, [`m${i}`], i + 1))
    await until(() => fanouts().length === 4, 5_000, 'all Fanouts')
    expect(fanouts().map(({ commits }) => commits[0]?.upTo)).toEqual([1, 2, 3, 4])
    for (const taken of bare.delivery.taken) taken.resolve()
  })

  it('forgets everything when it ends, and comes back by itself', async () => {
    const each = open(await bareToken('w', WORKER))
    await working(each)
    write(batch(0, ['one'], 1))
    await until(() => [...loop.partitions].length === 1, 5_000, 'a partition')
    bare.delivery.attached[0]?.close('test')
    await until(() => bare.delivery.attached.length === 2 && each.isWorking, 5_000, 'the second connection')
    expect([...loop.partitions]).toEqual([])
  })

  it('tries again while the broker refuses its token or its subscription', async () => {
    bare.delivery.grants = () => 128
    const each = open(await bareToken('w', WORKER))
    await until(() => bare.delivery.attached.length >= 2, 5_000, 'another attempt')
    expect(each.isWorking).toBe(false)
    bare.delivery.grants = () => 0
    await working(each)
    await each.stop(500)
    const refused = open('not.a.token')
    expect(refused.isWorking).toBe(false)
  })

  it('stops in order: what came is answered, and nothing more is asked for', async () => {
    bare.delivery.takesAtOnce = false
    const each = open(await bareToken('w', WORKER))
    await working(each)
    write(batch(0, ['one'], 1))
    await until(() => fanouts().length === 1, 5_000, 'a Fanout')
    const stopping = each.stop(5_000)
    await until(() => bare.delivery.calls.includes('unsubscribe g/#'), 5_000, 'UNSUBSCRIBE')
    expect(each.isWorking).toBe(true)
    bare.delivery.taken[0]?.resolve()
    await stopping
    expect(each.isWorking).toBe(false)
    expect(bare.delivery.attached).toHaveLength(1)
  })

  it('copies nothing once it has unsubscribed: nobody tells it any more which commits came too late (G7)', async () => {
    bare.delivery.takesAtOnce = false
    const each = open(await bareToken('w', WORKER))
    await working(each)
    write(batch(0, ['one'], 1))
    await until(() => fanouts().length === 1, 5_000, 'a Fanout')
    const [partition] = [...loop.partitions]
    write(batch(0, ['two'], 2, OTHER, 'cid'))
    await until(() => fanouts().length === 2, 5_000, 'another')
    const stopping = each.stop(5_000)
    await until(() => bare.delivery.calls.includes('unsubscribe g/#'), 5_000, 'UNSUBSCRIBE')
    bare.delivery.taken[0]?.resolve()
    await until(() => partition?.unsettled === 0, 5_000, 'its PUBACK')
    await copy.written()
    expect(await directory.reached([partitionOfChat(CHAT)])).toEqual(new Map())
    bare.delivery.taken[1]?.resolve()
    await stopping
  })

  it('copies nothing that a broker of 0.1.0 refuses behind the PUBACK, however late (G7)', async () => {
    bare.delivery.takesAtOnce = false
    await working(open(await bareToken('w', WORKER)))
    write(batch(0, ['one'], 1))
    await until(() => bare.delivery.taken.length === 1, 5_000, 'a Fanout')
    bare.delivery.taken[0]?.resolve()
    await until(() => bare.delivery.taken.length === 2, 5_000, 'a Fanout that says nothing')
    write({ batches: [], refused: [{ partition: partitionOfChat(CHAT), epoch: 1 }] })
    bare.delivery.taken[1]?.resolve()
    await until(() => [...loop.partitions].length === 0, 5_000, 'the refusal')
    await copy.written()
    expect(directory.calls).not.toContain('saveChats')
  })

  it('stops in time when a PUBACK never comes', async () => {
    bare.delivery.takesAtOnce = false
    const each = open(await bareToken('w', WORKER))
    await working(each)
    write(batch(0, ['one'], 1))
    await until(() => fanouts().length === 1, 5_000, 'a Fanout')
    const startedMs = performance.now()
    await each.stop(200)
    expect(performance.now() - startedMs).toBeLessThan(10_000)
  })
})
