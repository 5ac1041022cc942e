import { expect, test } from 'vitest'
import { BrokerMetrics } from '../../broker/metrics.ts'
import { WorkerMetrics } from '../../workers/metrics.ts'
import { read, tableRows } from './tree.ts'

const broker = new BrokerMetrics({
  connectionsOpen: () => 0,
  isReady: () => true,
  serversAway: () => 0,
  unserved: () => ({ partitions: 0, ms: 0 }),
})
const text = (await broker.text()) + (await new WorkerMetrics().registry.metrics())
/** What a broker and a worker say at /metrics. */
const said = new Set([...text.matchAll(/^# TYPE (restante_\S+)/gm)].map((match) => match[1] as string))

const rows = tableRows(read('docs/operating.md')).filter((row) => row[0]?.includes('`restante_'))
const documented = rows.flatMap((row) =>
  [...(row[0] ?? '').matchAll(/`(restante_[a-z_]+)`/g)].map(([, name]) => name as string),
)

test('every metric stands once in the table of docs/operating.md, and nothing else does', () => {
  expect(said.size).toBeGreaterThan(30)
  expect(documented.toSorted()).toEqual([...said].toSorted())
})

test('each metric has what moves it and what to do then', () => {
  for (const row of rows) {
    expect(row, row[0]).toHaveLength(3)
    for (const cell of row) expect(cell, row[0]).not.toBe('')
  }
})
