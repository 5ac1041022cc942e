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
