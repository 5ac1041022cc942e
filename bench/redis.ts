import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Redis } from 'ioredis'

export interface BenchRedis {
  readonly url: string
  stop(): Promise<void>
}

/** REDIS_URL if it is set; otherwise a redis-server from the PATH, made as the operating guide asks: AOF, fsync always. */
export async function startRedis(directory: string): Promise<BenchRedis> {
  const given = process.env['REDIS_URL']
  if (given) return { url: given, stop: async () => {} }
  const port = await freePort()
  const dir = join(directory, 'redis')
  mkdirSync(dir)
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', '']
  const child = spawn('redis-server', [...args, '--appendonly', 'yes', '--appendfsync', 'always'], {
    stdio: 'ignore',
  })
  const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error))
  failed.catch(() => {}) // also after the race below
  const client = new Redis(port, '127.0.0.1', { retryStrategy: () => 50, maxRetriesPerRequest: null })
  client.on('error', () => {}) // until it listens
  await Promise.race([client.ping(), failed])
  client.disconnect()
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
