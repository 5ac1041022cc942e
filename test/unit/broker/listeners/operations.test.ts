import { afterEach, expect, test } from 'vitest'
import type { Listener } from '../../../../broker/listeners/listener.ts'
import { listenOperations } from '../../../../broker/listeners/operations.ts'

let listener: Listener
afterEach(() => listener.stop())

test('G8 metrics are made at most once a second, however often they are asked for', async () => {
  let made = 0
  const startedAt = performance.now()
  listener = await listenOperations({ port: 0, host: '127.0.0.1' }, async () => `made ${++made}\n`)
  const ask = async (path: string): Promise<[number, string]> => {
    const answer = await fetch(`http://127.0.0.1:${listener.port}${path}`)
    return [answer.status, await answer.text()]
  }
  const answers = await Promise.all(Array.from({ length: 100 }, () => ask('/metrics')))
  expect(made).toBeLessThanOrEqual(1 + (performance.now() - startedAt) / 1_000)
  expect(answers[0]).toEqual([200, 'made 1\n'])
  // Nobody gets what is old.
  const madeBefore = made
  expect(await ask('/metrics')).toEqual([200, `made ${madeBefore + 1}\n`])
  expect((await ask('/readyz'))[0]).toBe(404)
})
