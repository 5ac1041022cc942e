import { expect, test } from 'vitest'
import { WorkerMetrics } from '../../../workers/metrics.ts'

/** Each way to count, with numbers that no other has, and all that it moves. */
const COUNTED: readonly [
  name: string,
  count: (metrics: WorkerMetrics) => void,
  moves: Record<string, number>,
][] = [
  ['entries', (to) => to.entries('message', 3), { 'entries message': 3 }],
  ['rejected', (to) => to.rejected('too-large'), { 'rejected too-large': 1 }],
  ['frame', (to) => to.frame(), { frames: 1 }],
  ['stepFailed', (to) => to.stepFailed(), { step_failures: 1 }],
  ['broken', (to) => to.broken(), { broken_entries: 1 }],
  ['leaseEnded', (to) => to.leaseEnded(), { leases_ended: 1 }],
  ['copied', (to) => to.copied(4), { directory_chats_copied: 4 }],
  ['directoryFailed', (to) => to.directoryFailed(), { directory_failures: 1 }],
]

test.each(COUNTED)('%s moves its counter by what it was told, and no others', async (_name, count, moves) => {
  const metrics = new WorkerMetrics()
  count(metrics)
  const counters = [
    ...(await metrics.registry.metrics()).matchAll(
      /^restante_worker_(\w+)_total(?:\{\w+="([^"]+)"\})? (\d+)$/gm,
    ),
  ]
  const moved = counters.filter(([, , , value]) => value !== '0')
  expect(
    Object.fromEntries(
      moved.map(([, name, label, value]) => [label === undefined ? name : `${name} ${label}`, Number(value)]),
    ),
  ).toEqual(moves)
})
