import { expect, test } from 'vitest'
import { bench, nothingWrong } from '../support/bench-run.ts'
import { hasRedis } from '../support/stores/redis-server.ts'

test.skipIf(!hasRedis())('trap 8: Redis is asked less than 3 times for a message', async () => {
  const result = await bench('ticks', '--store', 'redis', '--pairs', '5', '--window', '20', '--seconds', '1')
  expect(result).toMatchObject({ store: 'redis', ...nothingWrong })
  const { round_trips: roundTrips } = result['redis_per_message'] as { round_trips: number }
  expect(roundTrips).toBeLessThan(3)
})

test.skipIf(!hasRedis())('fanout: 200 bytes to 1,000 members cost the AOF at most 150 KB', async () => {
  const sizes = ['--members', '1000', '--bytes', '200', '--messages', '30']
  const result = await bench('fanout', '--store', 'redis', ...sizes)
  expect(result['written_kb_per_message']).toBeGreaterThan(50)
  expect(result['written_kb_per_message']).toBeLessThanOrEqual(150)
})
