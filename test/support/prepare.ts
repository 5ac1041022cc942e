import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Server } from './server.ts'

/**
 * Once per run, before any test of a project whose servers run on embedded stores: a server makes its directory's database, which
 * takes seconds, and leaves it behind for all others to start from.
 */
export async function setup(): Promise<(() => void) | undefined> {
  if (process.env['TEST_DATA_TEMPLATE'] !== undefined) return undefined
  const template = mkdtempSync(join(tmpdir(), 'restante-template-'))
  const server = await Server.start({ env: { RESTANTE_LOG_LEVEL: 'warn' } })
  try {
    await server.stop()
    cpSync(join(server.dataDir, 'directory'), join(template, 'directory'), { recursive: true })
  } finally {
    await server.dispose()
  }
  process.env['TEST_DATA_TEMPLATE'] = template
  return () => rmSync(template, { recursive: true, force: true })
}
