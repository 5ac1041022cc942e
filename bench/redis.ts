import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { rssMbOf } from './process.ts'

export interface BenchRedis {
  readonly url: string
  /** What it has done so far. */
  counts(): Promise<RedisCounts>
  /** Resident memory in MB; 0 if it is not ours. */
  rssMb(): number
  stop(): Promise<void>
}

export interface RedisCounts {
  /** Reads from its sockets: each brings one or many commands, so it is a round trip of somebody's. */
  readonly roundTrips: number
  /** Lua calls, each of them one batch. */
  readonly scriptCalls: number
  /** Commands inside of scripts included. */
  readonly commands: number
  /** Processor time. */
  readonly cpuUs: number
  /** What its AOF is long. */
  readonly aofBytes: number
}

/** REDIS_URL if it is set; otherwise a redis-server from the PATH, made as the operating guide asks: AOF, fsync always. */
export async function startRedis(directory: string): Promise<BenchRedis> {
  const given = process.env['REDIS_URL']
  if (given) return { url: given, counts: () => countsOf(given), rssMb: () => 0, stop: async () => {} }
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
  const url = `redis://127.0.0.1:${port}`
  return {
    url,
    counts: () => countsOf(url),
    rssMb: () => rssMbOf(child.pid as number),
    stop: async () => {
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
    },
  }
}

async function countsOf(url: string): Promise<RedisCounts> {
  const client = new Redis(url)
  const info =
    (await client.info('stats')) +
    (await client.info('commandstats')) +
    (await client.info('cpu')) +
    (await client.info('persistence'))
  client.disconnect()
  const number = (pattern: RegExp): number => Number(pattern.exec(info)?.[1] ?? 0)
  return {
    roundTrips: number(/total_reads_processed:(\d+)/),
    scriptCalls: number(/cmdstat_evalsha:calls=(\d+)/) + number(/cmdstat_eval:calls=(\d+)/),
    commands: number(/total_commands_processed:(\d+)/),
    cpuUs: (number(/used_cpu_sys:([\d.]+)/) + number(/used_cpu_user:([\d.]+)/)) * 1e6,
    aofBytes: number(/aof_current_size:(\d+)/),
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
