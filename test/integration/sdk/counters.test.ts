// Do counters say what happened, to the unit? On a server of its own: nobody else moves them.
import { expect, test } from 'vitest'
import { encodeUp } from '../../../proto/codec.ts'
import type { ChatId } from '../../../proto/ids.ts'
import { chatTopic } from '../../../proto/topics.ts'
import { publishPacket } from '../../support/mqtt-packets.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

const use = useServer()

const COUNTERS = {
  accepted: 'restante_broker_connections_accepted_total',
  connects: 'restante_broker_packets_received_total{type="connect"}',
  publishes: 'restante_broker_packets_received_total{type="publish"}',
  taken: 'restante_broker_publishes_taken_total',
  acknowledged: 'restante_broker_publishes_acknowledged_total',
  filtersRefused: 'restante_broker_filters_refused_total',
  laneFrames: 'restante_lane_frames_total',
  laneEntries: 'restante_lane_entries_total',
  laneBytes: 'restante_lane_bytes_total',
  laneRepeats: 'restante_lane_repeats_total',
  marks: 'restante_lane_marks_total',
  workFrames: 'restante_work_frames_total',
  workEntries: 'restante_work_entries_total',
  committed: 'restante_work_commits_total{outcome="done"}',
  commitsRefused: 'restante_work_commits_total{outcome="refused"}',
  messages: 'restante_worker_entries_total{kind="message"}',
  marksApplied: 'restante_worker_entries_total{kind="delivered"}',
  rejected: 'restante_worker_rejected_total{code="unknown-chat"}',
}
type Counts = Record<keyof typeof COUNTERS, number>
const NOTHING = Object.fromEntries(Object.keys(COUNTERS).map((name) => [name, 0])) as Counts

async function counts(): Promise<Counts> {
  const samples = await use.server.metrics()
  const read = Object.entries(COUNTERS).map(([name, sample]) => [name, samples.get(sample) ?? 0])
  return Object.fromEntries(read) as Counts
}

/** What `act` adds to each. */
async function added(act: () => Promise<void>): Promise<Counts> {
  const before = await counts()
  await act()
  const after = await counts()
  const names = Object.keys(COUNTERS) as (keyof Counts)[]
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as Counts
}

/** What these phones have got so far. */
function received(...phones: Phone[]): { frames: number; bytes: number } {
  const sizes = phones.flatMap((phone) => phone.frames().map(({ size }) => size))
  return { frames: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

/** `exact`, and what the worker publishes before it writes to the directory, once a second at most. */
function expectAbout(count: number, exact: number, sinceMs: number): void {
  expect(count).toBeGreaterThanOrEqual(exact)
  expect(count).toBeLessThanOrEqual(exact + 2 + (performance.now() - sinceMs) / 1_000)
}

test('counters say what happened: messages, entries, frames, bytes, marks, commits, refusals', async () => {
  const alice = await use.phone('alice/phone')
  const bob = await use.phone('bob/phone')
  const chat = alice.direct('bob')
  // Behind what their first connection has to say: workers are told of new users.
  for (const phone of [alice, bob]) await phone.request({ request: 1, myChats: {} })
  await alice.raw.roundTrip()
  const atFirst = received(alice, bob)
  const startedAtMs = performance.now()
  const oneByOne = await added(async () => {
    for (let i = 1; i <= 3; i++) {
      await alice.tell('bob', `m${i}`)
      await bob.message()
      await alice.receipt('delivered', chat, i)
    }
  })
  const { publishes, acknowledged, ...others } = oneByOne
  const { publishes: _none, acknowledged: _neither, ...nothing } = NOTHING
  // Each message is one entry for the worker, its mark another; bob gets the message, alice Accepted and a receipt.
  expect(others).toEqual({
    ...nothing,
    taken: 3,
    messages: 3,
    marks: 3,
    marksApplied: 3,
    workFrames: 6,
    workEntries: 6,
    committed: 6,
    laneFrames: received(alice, bob).frames - atFirst.frames,
    laneEntries: 9,
    laneBytes: received(alice, bob).bytes - atFirst.bytes,
  })
  // The worker's, one for each commit, are QoS 1 publishes like alice's.
  expectAbout(publishes, 9, startedAtMs)
  expectAbout(acknowledged, 9, startedAtMs)

  const atOnce = await added(async () => {
    for (let packetId = 101; packetId <= 110; packetId++) {
      const message = { clientSeq: Phone.nextClientSeq(), text: 'at once', peer: 'bob' }
      alice.raw.send(publishPacket({ topic: chatTopic(chat), packetId, payload: encodeUp({ message }) }))
    }
    for (let packetId = 101; packetId <= 110; packetId++) await alice.raw.take('puback')
    for (let i = 0; i < 10; i++) await bob.message()
    await alice.receipt('delivered', chat, 13)
  })
  expect(atOnce).toMatchObject({ taken: 10, messages: 10, rejected: 0 })
  expectAbout(atOnce.acknowledged, 10 + atOnce.committed, startedAtMs)

  await bob.disconnect()
  for (let i = 0; i < 20; i++) await alice.tell('bob', 'while bob is away')
  const before = received(alice)
  let again = bob
  const backlog = await added(async () => {
    again = await use.phone('bob/phone')
    for (let i = 0; i < 20; i++) await again.message()
    await alice.receipt('delivered', chat, 33)
  })
  expect(backlog).toMatchObject({
    accepted: 1,
    connects: 1,
    taken: 0,
    messages: 0,
    laneFrames: received(alice, again).frames - before.frames,
    laneBytes: received(alice, again).bytes - before.bytes,
    laneRepeats: 0,
  })
  expect(backlog.laneEntries).toBeGreaterThanOrEqual(21)
  expect(again.frames().length).toBeLessThan(20)

  const refused = await added(async () => {
    await alice.rejected(await alice.text('AAAAAAAAAAAAAA' as ChatId, 'to nobody'))
    await alice.raw.subscribe('u/bob')
  })
  expect(refused).toMatchObject({ taken: 1, messages: 1, rejected: 1, laneEntries: 1, filtersRefused: 1 })
})
