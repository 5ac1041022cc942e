import { afterAll, beforeAll, expect } from 'vitest'
import { until } from './deadline.ts'

/** Fails a test file that leaves a process, a socket or a server behind. */
const LEAKS = new Set(['ProcessWrap', 'TCPSocketWrap', 'TCPServerWrap'])
const held = (): string[] => process.getActiveResourcesInfo().filter((name) => LEAKS.has(name))

let before: string[] = []
beforeAll(() => {
  before = held()
})
afterAll(async () => {
  await until(
    () => held().length <= before.length,
    3_000,
    () => `left behind: ${held().join(', ')}`,
    50,
  ).catch((error: Error) => expect.fail(error.message))
})
