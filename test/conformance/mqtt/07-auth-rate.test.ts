// Are guesses of tokens slowed down, without shutting out who has a good one at the same address?
import { expect, test } from 'vitest'
import { useServer } from '../../support/use-server.ts'

const use = useServer({ RESTANTE_FAILED_LOGINS_PER_MIN_PER_ADDRESS_MAX: '5' })

async function guess() {
  const client = await use.open()
  const sinceMs = performance.now()
  const { code } = await client.connect({ clientId: 'alice/phone', username: 'alice', password: 'guess' })
  return { code, tookMs: performance.now() - sinceMs }
}

test('G8 after the limit of wrong tokens an address waits for each refusal, and good tokens are let in at once', async () => {
  for (let i = 0; i < 5; i++) expect((await guess()).code).toBe(4)
  const guesses = Array.from({ length: 20 }, () => guess())
  let hasAnswer = false
  void Promise.race(guesses).then(() => {
    hasAnswer = true
  })
  await use.phone('alice/phone')
  expect(hasAnswer).toBe(false)
  for (const { code, tookMs } of await Promise.all(guesses)) {
    expect(code).toBe(4)
    expect(tookMs).toBeGreaterThan(1_900)
  }
})
