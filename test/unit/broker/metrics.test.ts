import { expect, test } from 'vitest'
import { BrokerMetrics } from '../../../broker/metrics.ts'

test('what is counted is in the text, by label, and counting goes on after a scrape', async () => {
  const metrics = new BrokerMetrics({
    connectionsOpen: () => 7,
    isReady: () => true,
    serversAway: () => 2,
    unserved: () => ({ partitions: 3, ms: 1_500 }),
  })
  metrics.count('broker_connects_refused_total', 1, 'bad-signature')
  metrics.laneFrame(3, 200)
  metrics.partitionLag(17, 5)
  for (const times of [1, 2]) {
    const text = await metrics.text()
    expect(text).toContain(`restante_broker_connects_refused_total{reason="bad-signature"} ${times}`)
    metrics.count('broker_connects_refused_total', 1, 'bad-signature')
  }
  const text = await metrics.text()
  expect(text).toContain('restante_lane_entries_total 3')
  expect(text).toContain('restante_lane_bytes_total 200')
  expect(text).toContain('restante_work_lag_entries{partition="17"} 5')
  expect(text).toContain('restante_broker_connections_open 7')
  expect(text).toContain('restante_broker_store_servers_away 2')
  expect(text).toContain('restante_work_set_aside_total 0')
  expect(text).toContain('process_resident_memory_bytes')
})

/** Each way to count, with numbers that no other has, and all that it moves. */
const COUNTED: readonly [
  name: string,
  count: (metrics: BrokerMetrics) => void,
  moves: Record<string, number>,
][] = [
  ['laneFrame', (to) => to.laneFrame(3, 200), { lane_frames: 1, lane_entries: 3, lane_bytes: 200 }],
  ['laneRepeat', (to) => to.laneRepeat(), { lane_repeats: 1 }],
  ['laneRead', (to) => to.laneRead(), { lane_reads: 1 }],
  ['laneTimeout', (to) => to.laneTimeout(), { lane_timeouts: 1 }],
  ['laneGap', (to) => to.laneGap(), { lane_gaps: 1 }],
  ['marks', (to) => to.marks(4), { lane_marks: 4 }],
  ['taken', (to) => to.taken(5), { broker_publishes_taken: 5 }],
  ['refusedFull', (to) => to.refusedFull(6), { broker_publishes_refused_full: 6 }],
  ['workFrame', (to) => to.workFrame(7, 800), { work_frames: 1, work_entries: 7, work_bytes: 800 }],
  ['commit done', (to) => to.commit('done'), { 'work_commits done': 1 }],
  ['commit refused', (to) => to.commit('refused'), { 'work_commits refused': 1 }],
  ['setAside', (to) => to.setAside(), { work_set_aside: 1 }],
  ['workerStalled', (to) => to.workerStalled(), { work_stalls: 1 }],
  ['busFrame out', (to) => to.busFrame('out'), { 'bus_frames out': 1 }],
  ['busFrame in', (to) => to.busFrame('in'), { 'bus_frames in': 1 }],
  ['swept', (to) => to.swept(9), { mailbox_swept: 9 }],
]

test.each(COUNTED)(
  '%s moves its counters by what it was told, and no others',
  async (_name, count, moves) => {
    const metrics = new BrokerMetrics({
      connectionsOpen: () => 0,
      isReady: () => true,
      serversAway: () => 0,
      unserved: () => ({ partitions: 0, ms: 0 }),
    })
    count(metrics)
    const counters = [
      ...(await metrics.text()).matchAll(/^restante_(\w+)_total(?:\{\w+="([^"]+)"\})? (\d+)$/gm),
    ]
    const moved = counters.filter(([, , , value]) => value !== '0')
    expect(
      Object.fromEntries(
        moved.map(([, name, label, value]) => [
          label === undefined ? name : `${name} ${label}`,
          Number(value),
        ]),
      ),
    ).toEqual(moves)
  },
)

test('says how many lanes and entries wait for the store', async () => {
  const metrics = new BrokerMetrics({
    connectionsOpen: () => 0,
    isReady: () => true,
    serversAway: () => 0,
    unserved: () => ({ partitions: 0, ms: 0 }),
  })
  for (const by of [1, 1, -1] as const) metrics.laneWaits(by)
  metrics.owed(7)
  expect(await metrics.text()).toContain('restante_lane_waiting 1\n')
  expect(await metrics.text()).toContain('restante_mailbox_owed_entries 7\n')
})

test('every metric has a name of the house’s form and a help text', async () => {
  const metrics = new BrokerMetrics({
    connectionsOpen: () => 0,
    isReady: () => false,
    serversAway: () => 0,
    unserved: () => ({ partitions: 0, ms: 0 }),
  })
  const names = [...(await metrics.text()).matchAll(/^# HELP (restante_\S+) (\S.+)$/gm)].map(
    (match) => match[1],
  )
  expect(names.length).toBeGreaterThan(20)
  for (const name of names) expect(name).toMatch(/^restante_(?:broker|lane|work|bus|mailbox)_[a-z0-9_]+$/)
})
