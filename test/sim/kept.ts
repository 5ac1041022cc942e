import { partitionMailbox, userMailbox } from '../../broker/mailbox/store.ts'
import { PARTITIONS } from '../../proto/limits.ts'
import type { Cast } from './cast.ts'
import type { Machines } from './machines.ts'
import type { Server } from './people/server.ts'
import type { World } from './world/world.ts'

const ANSWER_MS = 1_000
/** For a broker that was started again to settle what its journal holds. */
const SETTLING_MS = 30_000
/** Redis keys that are there as long as somebody is owed something. Without a mailbox: what several share. */
const OWING = /^\{(.+)\}:(?:log|keys|pending|owed|bodies:\d+)$/

/** Mailboxes in which nothing is to be kept once every device has all of it. */
function settledMailboxes({ users, tablet }: Cast): readonly string[] {
  const partitions = Array.from({ length: PARTITIONS }, (_, number) => partitionMailbox(number))
  return [...users.filter((user) => !tablet?.isOwed(user)).map((user) => userMailbox(user)), ...partitions]
}

/** Entries that mailboxes keep though every device has them, and workers have carried them out. */
export async function entriesKept(world: World, cast: Cast, server: Server): Promise<string[]> {
  const mailboxes = settledMailboxes(cast)
  let counts: readonly (number | undefined)[] | undefined
  world.after(0, server.process, 'counts what it keeps', () => {
    void server.kept(mailboxes).then(
      (answer) => (counts = answer),
      () => undefined,
    )
  })
  await world.run(world.nowMs + ANSWER_MS)
  if (counts === undefined) return ['late: the store does not answer']
  return counts.flatMap((count, i) => (count ? [`kept: ${count} entries for ${mailboxes[i]}`] : []))
}

/** Where no entry is kept, the store has given back what entries took: whatever it was interrupted at. */
export async function bytesKept(world: World, cast: Cast, machines: Machines): Promise<string[]> {
  const { redis, servers } = machines
  const empty = new Set(settledMailboxes(cast))
  if (redis !== undefined)
    return redis.model.keys.sizes().flatMap(([key, size]) => {
      const mailbox = OWING.exec(key)?.[1]
      return mailbox !== undefined && empty.has(mailbox) ? [`kept: ${size} in ${key}`] : []
    })
  const server = servers[0] as Server
  server.process.end()
  server.start()
  await world.run(world.nowMs + SETTLING_MS)
  if (!server.isUp) return ['late: the broker does not start']
  return [...server.disk.kept()].flatMap(([mailbox, rows]) =>
    empty.has(mailbox) || mailbox === '' ? [`kept: ${rows} rows of ${mailbox || 'shared bodies'}`] : [],
  )
}
