import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryStore, type Client, type LocalStore } from '../../../../../clients/index.ts'
import type { Change, Down } from '../../../../../proto/codec.ts'
import { chatBytesOf, groupChatId } from '../../../../../proto/ids.ts'
import { connectAlice, ScriptedServer, text } from '../scripted-server.ts'

const trip = groupChatId(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))

let server: ScriptedServer
let client: Client | undefined
beforeEach(async () => {
  server = await ScriptedServer.start()
})
afterEach(async () => {
  await client?.close({ drainMs: 0 })
  client = undefined
  await server.stop()
})

type WireMessage = NonNullable<Down['messages']>[number]

/** By bob, who has number 0. */
const change = (seq: number, what: Change): WireMessage => ({
  chat: chatBytesOf(trip),
  seq,
  sender: 0,
  change: what,
})
const member = (number: number, user: string, role = 1) => ({ number, user, role })
const all = [member(0, 'bob', 2), member(1, 'alice'), member(2, 'carol')]

const CHANGES = [
  change(1, { created: { name: 'first', members: all } }),
  change(2, { renamed: { name: 'second' } }),
  change(3, { roleSet: { member: 2, role: 2 } }),
  change(4, { removed: { members: [2] } }),
  change(5, { renamed: { name: 'third' } }),
  change(6, { roleSet: { member: 1, role: 2 } }),
]

async function known(): Promise<object> {
  const group = client?.chat(trip)
  if (group?.kind !== 'group') throw new Error('not a group')
  return { name: group.name, members: await group.members() }
}

const expected = {
  name: 'third',
  members: [
    { user: 'bob', isAdmin: true },
    { user: 'alice', isAdmin: true },
  ],
}

test.each(['on the same connection', 'after a restart with the same store'])(
  'an old change that comes again changes nothing: %s (G4)',
  async (when) => {
    const store: LocalStore = memoryStore()
    client = await connectAlice(server, { store })
    await server.delivered({ messages: CHANGES })
    expect(await known()).toEqual(expected)
    if (when !== 'on the same connection') {
      await client.close()
      client = await connectAlice(server, { store })
    }
    for (const one of CHANGES) {
      await server.delivered({ messages: [one] })
      expect(await known(), `after ${one.seq} again`).toEqual(expected)
    }
    await server.delivered({ messages: [text(trip, 7, 'and on', 0)] })
    expect(await known()).toEqual(expected)
  },
)
