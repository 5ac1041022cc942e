import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { openRedisStore } from '../../../broker/mailbox/redis/redis-store.ts'
import { LIMITS } from '../../support/stores/redis-owner.ts'
import { hasRedis, RedisClusterServers, RedisServer } from '../../support/stores/redis-server.ts'

interface Line {
  readonly level: number
  readonly msg: string
  readonly canLose?: readonly string[]
}
const WARN = 40

/** What the store says at its start about the servers it finds. */
async function linesOf(urls: readonly string[]): Promise<Line[]> {
  const lines: Line[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Line)
      done()
    },
  })
  const store = await openRedisStore({
    urls,
    limits: LIMITS,
    node: 'node-1',
    log: pino({ level: 'info' }, stream),
  })
  await store.close()
  return lines
}

describe.skipIf(!hasRedis())(
  'what the Redis store says at its start about lost messages (G1, trap 24)',
  () => {
    const ends: (() => Promise<void>)[] = []
    afterEach(async () => {
      for (const end of ends.splice(0)) await end()
    })
    const linesWith = async (settings: Record<string, string>): Promise<Line[]> => {
      const server = await RedisServer.start({ settings })
      ends.push(() => server.stop())
      return linesOf([server.url])
    }

    it('warns of nothing with appendfsync always', async () => {
      const lines = await linesWith({ appendonly: 'yes', appendfsync: 'always' })
      expect(lines).toMatchObject([{ msg: 'store.durable', appendonly: 'yes', appendfsync: 'always' }])
      expect(lines.filter(({ level }) => level >= WARN)).toEqual([])
    })

    it.each([
      { settings: { appendonly: 'no' }, says: /everything since/ },
      { settings: { appendonly: 'yes', appendfsync: 'everysec' }, says: /kill of Redis can lose about 2 s/ },
      { settings: { appendonly: 'yes', appendfsync: 'no' }, says: /power cut can lose about 30 s/ },
      {
        settings: { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'allkeys-lru' },
        says: /deletes messages/,
      },
    ])('warns loudly with $settings', async ({ settings, says }) => {
      const lines = await linesWith(settings)
      expect(lines).toMatchObject([{ level: WARN, msg: 'store.may-lose-messages' }])
      expect(lines[0]?.canLose?.join('; ')).toMatch(says)
    })

    it('says that it does not know where it may not ask', async () => {
      const settings = { appendonly: 'yes', appendfsync: 'always' }
      const server = await RedisServer.start({ settings })
      ends.push(() => server.stop())
      await server.client.call('ACL', 'SETUSER', 'restante', 'on', '>secret', '~*', '&*', '+@all', '-config')
      const lines = await linesOf([server.url.replace('//', '//restante:secret@')])
      expect(lines).toMatchObject([{ level: WARN, appendonly: 'yes', appendfsync: 'unknown' }])
      expect(lines[0]?.canLose?.join()).toMatch(/appendfsync unknown/)
      expect(JSON.stringify(lines)).not.toContain('secret')
    })

    it('warns for each master, and of what a failover can lose where there are replicas', async () => {
      const settings = { appendonly: 'yes', appendfsync: 'always' }
      const cluster = await RedisClusterServers.start({ settings, replicas: 1 })
      ends.push(() => cluster.stop())
      const lines = await linesOf(cluster.urls)
      expect(lines).toHaveLength(3)
      for (const line of lines) {
        expect(line.level).toBe(WARN)
        expect(line.canLose).toEqual([expect.stringMatching(/failover/)])
      }
    })
  },
)
