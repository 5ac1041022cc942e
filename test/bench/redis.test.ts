import { expect, test } from 'vitest'
import { bench, nothingWrong } from '../support/bench-run.ts'
import { hasRedis } from '../support/stores/redis-server.ts'

test.skipIf(!hasRedis())('trap 8: Redis is asked less than 3 times for a message', async () => {
  const result = await bench('ticks', '--store', 'redis', '--pairs', '5', '--window', '20', '--seconds', '1')
  expect(result).toMatchObject({ store: 'redis', ...nothingWrong })
  const { round_trips: roundTrips } = result['redis_per_message'] as { round_trips: number }
  expect(roundTrips).toBeLessThan(3)
})
