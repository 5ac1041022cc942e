// Does the server of these tests store things where the project's name says, and say so itself?
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { useCli } from '../../support/cli-run.ts'

const use = useCli()
const isEmbedded = inject('stores') === 'lmdb + PGlite'

test('a server says what it stores where, and stores it there', async () => {
  await expect(use.run(['user', 'add', 'bob'])).resolves.toMatchObject({ code: 0 })
  await expect(use.run(['send', 'alice', 'bob', 'hello'])).resolves.toMatchObject({ code: 0, stderr: '' })
  const { output, dataDir } = use.server
  const [mailboxes, directory] = [join(dataDir, 'mailboxes'), join(dataDir, 'directory')]
  expect(output).toContain(`Mailboxes   ${isEmbedded ? `lmdb in ${mailboxes}` : 'Redis, by REDIS_URL'}\n`)
  expect(output).toContain(
    `Directory   ${isEmbedded ? `PGlite in ${directory}` : 'PostgreSQL, by DATABASE_URL'}\n`,
  )
  expect(output.includes('To grow')).toBe(isEmbedded)
  expect([existsSync(mailboxes), existsSync(directory)]).toEqual([isEmbedded, isEmbedded])
})
