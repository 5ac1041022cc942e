import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RawClient } from '../../support/raw-client.ts'
import { Server } from '../../support/server.ts'
import { vectors } from '../../support/vectors.ts'

const { secret, key, clientId, tokens } = vectors<{
  secret: string
  key: string
  clientId: string
  tokens: { name: string; token: string; connack: number }[]
}>('tokens')

const dataDir = mkdtempSync(join(tmpdir(), 'restante-tokens-'))
let server: Server
beforeAll(async () => {
  writeFileSync(join(dataDir, 'jwt-secret'), `${secret}\n`, { mode: 0o600 })
  server = await Server.start({
    dataDir,
    env: { RESTANTE_FAILED_LOGINS_PER_MIN_PER_ADDRESS_MAX: '0', RESTANTE_TOKEN_DAYS_MAX: '36500' },
  })
})
afterAll(async () => {
  await server.dispose()
  rmSync(dataDir, { recursive: true, force: true })
})

test('the vectors of tokens: the key is the text of the secret', () => {
  expect(Buffer.from(secret).toString('hex')).toBe(key)
})

test.each(tokens)('the vectors of tokens: $name: CONNACK $connack', async ({ token, connack }) => {
  const client = await RawClient.open({ port: server.port })
  const { code } = await client.connect({ clientId, username: 'alice', password: token })
  expect(code).toBe(connack)
  if (code === 0) await client.disconnect()
  else await client.expectClosed()
})
