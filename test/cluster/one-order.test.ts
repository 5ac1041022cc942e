// Two brokers, two workers: do the members of one chat, connected here and there, see one order?
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, memoryStore, type Client } from '../../clients/index.ts'
import { until } from '../support/deadline.ts'
import { hasPostgres } from '../support/stores/postgres-server.ts'
import { hasRedis } from '../support/stores/redis-server.ts'
import { Cluster } from './cluster.ts'

const MEMBERS = ['ann', 'bob', 'carol', 'dan', 'eve', 'fay']
const MESSAGES_EACH = 100
const ALL_MS_MAX = 30_000

/** A member's device, and the chat as its app was given it. */
interface Member {
  readonly user: string
  readonly client: Client
  /** `<seq> <sender>: <text>`, in order of arrival; one's own at their Accepted. */
  readonly arrived: string[]
  readonly own: string[]
}

describe.skipIf(!hasRedis() || !hasPostgres())('two brokers and two workers', () => {
  let cluster: Cluster
  let members: Member[]
  beforeAll(async () => {
    cluster = await Cluster.start()
    members = await Promise.all(MEMBERS.map((user, i) => open(user, cluster.brokers[i % 2]?.port as number)))
  })
  afterAll(async () => {
    for (const { client } of members ?? []) await client.close({ drainMs: 0 })
    await cluster?.stop()
  })

  const open = async (user: string, port: number): Promise<Member> => {
    const url = `mqtt://127.0.0.1:${port}`
    const client = await connect({
      url,
      token: () => cluster.token(user),
      device: 'phone',
      store: memoryStore(),
    })
    const member = { user, client, arrived: [] as string[], own: [] as string[] }
    client.on('message', ({ seq, sender, text }) => void member.arrived.push(`${seq} ${sender}: ${text}`))
    return member
  }

  test('G3 show all members of a chat, whichever node they are at, the same messages in the same order', async () => {
    const [ann] = members as [Member]
    const others = MEMBERS.slice(1)
    const group = await until(
      () => ann.client.createGroup({ name: 'all', members: others }),
      ALL_MS_MAX,
      'the group, when all are known',
    )
    await until(
      () => members.every(({ client }) => client.chat(group.id).kind === 'group'),
      ALL_MS_MAX,
      'all to know of the group',
    )
    await Promise.all(
      members.map(async ({ user, client, own }) => {
        const sends = Array.from({ length: MESSAGES_EACH }, async (_, i) => {
          const text = `${user} ${i}`
          const sent = await client.chat(group.id).send({ text })
          own.push(`${await sent.accepted} ${user}: ${text}`)
        })
        await Promise.all(sends)
      }),
    )
    const total = MEMBERS.length * MESSAGES_EACH
    await until(
      () => members.every(({ arrived, own }) => arrived.length + own.length >= total),
      ALL_MS_MAX,
      () => `all messages: ${members.map(({ arrived }) => arrived.length).join(', ')}`,
    )
    const bySeq = (a: string, b: string): number => Number.parseInt(a) - Number.parseInt(b)
    const [first, ...rest] = members.map(({ arrived, own }) => {
      expect(arrived).toEqual(arrived.toSorted(bySeq))
      return [...arrived, ...own].toSorted(bySeq)
    }) as [string[], ...string[][]]
    for (const other of rest) expect(other).toEqual(first)
    // The group's creation is 1.
    expect(first.map((line) => Number.parseInt(line))).toEqual(Array.from({ length: total }, (_, i) => i + 2))
    for (const { user, own } of members) {
      const texts = own.toSorted(bySeq).map((line) => line.slice(line.indexOf(':') + 2))
      expect(texts).toEqual(Array.from({ length: MESSAGES_EACH }, (_, i) => `${user} ${i}`))
    }
  })
})
