// Are guesses of tokens limited, without shutting out who has a good one elsewhere?
import { expect, test } from 'vitest'
import { useServer } from '../../support/use-server.ts'

const use = useServer({ RESTANTE_FAILED_LOGINS_PER_MIN_PER_ADDRESS_MAX: '5' })

test('G8 after the limit of wrong tokens an address gets CONNACK 3', async () => {
  const codes: number[] = []
  for (let i = 0; i < 8; i++) {
    const client = await use.open()
    codes.push((await client.connect({ clientId: 'alice/phone', username: 'alice', password: 'guess' })).code)
    await client.expectClosed()
  }
  expect(codes).toEqual([4, 4, 4, 4, 4, 3, 3, 3])
})
