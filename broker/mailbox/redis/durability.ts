import type { Redis } from 'ioredis'
import type { Log } from '../../../kit/log.ts'

/** What acknowledged messages a server can lose, as one sentence per way to lose them. */
interface Durability {
  readonly appendonly: string
  readonly appendfsync: string
  readonly eviction: string
  readonly replicas: number
  readonly canLose: readonly string[]
}

/** @returns what the server says; 'unknown' where it does not let us ask */
async function readDurability(client: Redis): Promise<Durability> {
  const setting = async (name: string): Promise<string> => {
    try {
      const [, value] = (await client.config('GET', name)) as string[]
      return value ?? 'unknown'
    } catch {
      return 'unknown'
    }
  }
  const info = await client.info('persistence', 'replication')
  const number = (name: string): number => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0)
  const appendonly = number('aof_enabled') === 1 ? 'yes' : 'no'
  const appendfsync = await setting('appendfsync')
  const eviction = await setting('maxmemory-policy')
  const replicas = number('connected_slaves')
  return {
    appendonly,
    appendfsync,
    eviction,
    replicas,
    canLose: losses(appendonly, appendfsync, eviction, replicas),
  }
}

function losses(appendonly: string, appendfsync: string, eviction: string, replicas: number): string[] {
  const list: string[] = []
  if (appendonly === 'no') {
    list.push('appendonly no: a stop or kill of Redis loses everything since its last snapshot')
  } else if (appendfsync === 'everysec') {
    list.push(
      'appendfsync everysec: a kill of Redis can lose about 2 s of acknowledged messages, a power cut too',
    )
  } else if (appendfsync === 'no') {
    list.push(
      'appendfsync no: a power cut can lose about 30 s of acknowledged messages, a kill of Redis some',
    )
  } else if (appendfsync !== 'always') {
    list.push('appendfsync unknown: unless it is "always", a kill of Redis or a power cut can lose messages')
  }
  if (eviction !== 'noeviction' && eviction !== 'unknown') {
    list.push(`maxmemory-policy ${eviction}: Redis deletes messages that wait when its memory is full`)
  }
  if (replicas > 0) {
    list.push('replication is asynchronous: a failover loses what the replica had not got yet')
  }
  return list
}

/** Says loudly what acknowledged messages this server can lose (G1). Nothing to say: appendfsync always, no replica. */
export async function warnOfLosses(client: Redis, server: string, log: Log): Promise<void> {
  const { canLose, ...settings } = await readDurability(client)
  if (canLose.length === 0) log.info({ server, ...settings }, 'store.durable')
  else log.warn({ server, ...settings, canLose }, 'store.may-lose-messages')
}
