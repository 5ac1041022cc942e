import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryStore, type Client, type LocalStore } from '../../../../../clients/index.ts'
import { chatBytesOf, directChatId, type UserId } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, firstText, ScriptedServer, text } from '../scripted-server.ts'

const chat = directChatId('alice' as UserId, 'bob' as UserId)

let server: ScriptedServer
let client: Client | undefined
let seen: string[]
beforeEach(async () => {
  server = await ScriptedServer.start()
  seen = []
})
afterEach(async () => {
  await client?.close({ drainMs: 0 })
  client = undefined
  await server.stop()
})

async function listen(store?: LocalStore): Promise<Client> {
  client = await connectAlice(server, store ? { store } : {})
  client.on('message', (message) => seen.push(`${message.seq} ${message.sender} ${message.text}`))
  client.on('change', (message) => seen.push(`${message.seq} ${message.sender} ${message.change.kind}`))
  return client
}

test('G2: a frame is acknowledged only after the local store has it', async () => {
  const store = memoryStore()
  const write = store.write.bind(store)
  let letThrough = (): void => {}
  const allowed = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  await listen(store)
  let isHeld = false
  store.write = async (changes) => {
    isHeld = true
    await allowed
    await write(changes)
  }
  const packetId = server.down({ messages: [firstText(chat, 'hello')] })
  await until(() => isHeld, 2_000, 'the write')
  // Somebody who begins to listen has what is there handed out.
  client?.on('change', () => {})
  await new Promise((resolve) => setImmediate(resolve))
  expect(server.pubacks).not.toContain(packetId)
  expect(seen).toEqual([])
  letThrough()
  await until(() => server.pubacks.includes(packetId), 2_000, 'the PUBACK')
  expect(seen).toEqual(['1 bob hello'])
  expect((await store.messages(chat, 0, 10, 10)).map(({ text: words }) => words)).toEqual(['hello'])
})

test('G4: repeats are dropped by chat and seq', async () => {
  await listen()
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0)] })
  await server.delivered({ messages: [text(chat, 2, 'b', 0), text(chat, 3, 'c', 0)] })
  await server.delivered({ messages: [firstText(chat, 'a')] })
  expect(seen).toEqual(['1 bob a', '2 bob b', '3 bob c'])
})

test('G4: a message comes once, also after a restart with the same store', async () => {
  const store = memoryStore()
  await listen(store)
  await server.delivered({ messages: [firstText(chat, 'a')] })
  await client?.close()
  await listen(store)
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0)] })
  expect(seen).toEqual(['1 bob a', '2 bob b'])
})

test('frames with what this version does not know are acknowledged, and the rest of them is read', async () => {
  await listen()
  const errors: string[] = []
  client?.on('error', ({ code }) => errors.push(code))
  const { encodeDown } = await import('../../../../../proto/codec.ts')
  const frame = encodeDown({ messages: [firstText(chat, 'a')] })
  const packetId = server.bytes(new Uint8Array([...frame, 0x7a, 1, 0xff]))
  const broken = server.bytes(new Uint8Array([0x0a, 0xff, 0xff]))
  await until(() => server.pubacks.includes(broken), 2_000, 'PUBACK')
  expect(server.pubacks).toContain(packetId)
  expect(seen).toEqual(['1 bob a'])
  expect(errors).toEqual(['malformed-frame'])
})

test('a body with its content type arrives as it was sent', async () => {
  await listen()
  const bodies: (Uint8Array | undefined)[] = []
  client?.on('message', ({ body }) => bodies.push(body))
  const message = {
    chat: chatBytesOf(chat),
    seq: 1,
    directMembers: ['bob', 'alice'],
    contentType: 'image/png',
  }
  await server.delivered({ messages: [{ ...message, body: new Uint8Array([1, 2, 3]) }] })
  expect(bodies).toEqual([new Uint8Array([1, 2, 3])])
  const [kept] = (await client?.chat(chat).history()) ?? []
  expect(kept).toMatchObject({ contentType: 'image/png', sender: 'bob', isOwn: false })
})

test('typing is told with the user, and is not acknowledged', async () => {
  await listen()
  const typing: object[] = []
  client?.on('typing', (event) => typing.push(event))
  await server.delivered({ messages: [firstText(chat, 'a')] })
  server.ephemeral({ typing: [{ chat: chatBytesOf(chat), member: 0 }] })
  server.ephemeral({ typing: [{ chat: chatBytesOf(chat), member: 0, stopped: true }] })
  await until(() => typing.length === 2, 2_000, 'typing')
  expect(typing).toEqual([
    { chatId: chat, user: 'bob', isTyping: true },
    { chatId: chat, user: 'bob', isTyping: false },
  ])
  expect(server.pubacks.length).toBe(2)
})
