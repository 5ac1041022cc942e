// Do the benchmarks print what they promise, and do the figures that are counts, not times, hold?
import { expect, test } from 'vitest'
import { needsProgram } from '../support/services.ts'
import { bench, benchLines, nothingWrong } from '../support/bench-run.ts'

/** MQTT bytes on both links for 5 characters of text, with all acknowledgements and the delivered receipt. */
const WIRE_BYTES_MAX = 140

/** Of a whole server, at any moment of a start. */
const RSS_MB_MAX = 300

const percentiles = { p50: expect.any(Number) as number, p99: expect.any(Number) as number }

test('ticks: one line of JSON, nothing lost, doubled or reordered', async () => {
  const result = await bench('ticks', '--pairs', '3', '--window', '10', '--seconds', '1', '--bytes', '100')
  expect(result).toMatchObject({
    scenario: 'ticks',
    store: 'lmdb',
    pairs: 3,
    window: 10,
    deliver_ms: percentiles,
    tick_ms: percentiles,
    ...nothingWrong,
  })
  expect(result['ticks_per_s']).toBeGreaterThan(0)
})

test(`wire: a message of 5 characters is at most ${WIRE_BYTES_MAX} bytes on both links`, async () => {
  const result = await bench('wire', '--messages', '20')
  expect(result).toMatchObject({ scenario: 'wire', text_chars: 5 })
  expect(result['bytes_per_message']).toBeLessThanOrEqual(WIRE_BYTES_MAX)
  expect(result['connect_to_first_delivery']).toMatchObject({
    link: { up: { CONNECT: { fields: { client_id: 11 } } } },
  })
})

test('trap 4: backlog: all of it comes in one connection, in order, in few frames, while live messages go on', async () => {
  const result = await bench('backlog', '--messages', '3000')
  expect(result).toMatchObject({ scenario: 'backlog', messages: 3000, ...nothingWrong })
  // A slow machine gets more live messages meanwhile, each of which may be a frame.
  expect(Number(result['frames']) - Number(result['live'])).toBeLessThan(100)
})

test('fanout: 200 bytes to 1,000 members cost the disk at most 150 KB, 64 KiB to 1,024 little more than themselves', async () => {
  const small = await bench('fanout', '--members', '1000', '--bytes', '200', '--messages', '30')
  expect(small['written_kb_per_message']).toBeLessThanOrEqual(150)
  const large = await bench('fanout', '--members', '1024', '--bytes', '65536', '--messages', '5')
  // The publish, the body in the journal, the body in the tables, and what the small one costs.
  expect(large['written_kb_per_message']).toBeLessThanOrEqual(3 * 66 + 150)
})

test('start: a line for the first and one for the second start, and no more memory than is promised', async () => {
  const results = await benchLines('start', '--settle', '1')
  expect(results).toMatchObject(
    [true, false].map((first) => ({
      scenario: 'start',
      store: 'lmdb',
      first,
      ms_to_first_delivery: expect.any(Number) as number,
      rss_mb: expect.any(Number) as number,
    })),
  )
  for (const { rss_mb_max: most } of results) {
    expect(most).toBeGreaterThan(50)
    expect(most).toBeLessThanOrEqual(RSS_MB_MAX)
  }
})

test('tls: both ways beside each other, and nobody closed by a new certificate', async (context) => {
  needsProgram(context, 'openssl', 'version')
  const result = await bench('tls', '--connections', '50', '--seconds', '1')
  const connects = {
    connects_per_s: expect.any(Number) as number,
    server_cpu_us_per_connect: expect.any(Number) as number,
  }
  const way = {
    ...connects,
    ticks_per_s: expect.any(Number) as number,
    server_cpu_us_per_tick: expect.any(Number) as number,
    kb_per_connection: expect.any(Number) as number,
  }
  expect(result).toMatchObject({ plain: way, tls: way, resumed: connects, closed_by_new_certificate: 0 })
})

test('bystander: one line for an attack, with exactly the figures that the target is about', async () => {
  const result = await bench('bystander', '--attack', 'pings', '--seconds', '1')
  expect(result).toEqual({
    scenario: 'bystander',
    store: 'lmdb',
    attack: 'pings',
    p99_rest_ms: expect.any(Number) as number,
    p99_ms: expect.any(Number) as number,
    ratio: expect.any(Number) as number,
    closed: expect.any(Number) as number,
    disk_mb: expect.any(Number) as number,
    rss_mb: expect.any(Number) as number,
  })
})
