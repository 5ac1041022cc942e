// When is a message handed to the app, and when does it count as handled?
import { afterEach, beforeEach, expect, test } from 'vitest'
import { memoryStore, type Client, type LocalStore, type Message } from '../../../../../clients/index.ts'
import { directChatId, type UserId } from '../../../../../proto/ids.ts'
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

async function listen(store: LocalStore): Promise<void> {
  client = await connectAlice(server, { store })
  client.on('message', (message) => seen.push(`${message.seq} ${message.sender} ${message.text}`))
}

/** The next write waits. @returns a promise for when it has come, of what lets it through */
function holdNextWrite(store: LocalStore): Promise<() => void> {
  const write = store.write.bind(store)
  return new Promise((held) => {
    store.write = async (changes) => {
      store.write = write
      await new Promise<void>((letThrough) => held(letThrough))
      await write(changes)
    }
  })
}

test('G4: what is being stored when a loop is done with the one before comes after a restart', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store })
  const stream = client.messages()
  const first = stream.next()
  await server.delivered({ messages: [firstText(chat, 'a')] })
  expect((await first).value).toMatchObject({ text: 'a' })
  const held = holdNextWrite(store)
  const packetId = server.down({ messages: [text(chat, 2, 'b', 0)] })
  const letThrough = await held
  await stream.return()
  letThrough()
  await until(() => server.pubacks.includes(packetId), 2_000, 'its PUBACK')
  await client.close()
  await listen(store)
  await until(() => seen.length === 1, 2_000, 'the second')
  expect(seen).toEqual(['2 bob b'])
})

test('G4: what is being stored when somebody begins to listen, and stops after one, comes after a restart', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store })
  await server.delivered({ messages: [firstText(chat, 'a')] })
  const held = holdNextWrite(store)
  const packetId = server.down({ messages: [text(chat, 2, 'b', 0)] })
  const letThrough = await held
  const app = client
  await new Promise<void>((resolve) => {
    const takeOne = (message: Message): void => {
      seen.push(`${message.seq} ${message.sender} ${message.text}`)
      app.off('message', takeOne)
      resolve()
    }
    app.on('message', takeOne)
  })
  letThrough()
  await until(() => server.pubacks.includes(packetId), 2_000, 'its PUBACK')
  await app.close()
  expect(seen).toEqual(['1 bob a'])
  await listen(store)
  await until(() => seen.length === 2, 2_000, 'the second')
  expect(seen).toEqual(['1 bob a', '2 bob b'])
})

test('G4: what nobody had listened to comes after a restart', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store })
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0)] })
  await client.close()
  await listen(store)
  await until(() => seen.length === 2, 2_000, 'messages')
  expect(seen).toEqual(['1 bob a', '2 bob b'])
})

test('messages wait until somebody listens', async () => {
  client = await connectAlice(server)
  await server.delivered({ messages: [firstText(chat, 'a')] })
  client.on('message', (message) => seen.push(`${message.text}`))
  await until(() => seen.length === 1, 2_000, 'message')
})

test('async iteration gives each message once, and what a loop did not take goes to the next listener', async () => {
  client = await connectAlice(server)
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0), text(chat, 3, 'c', 0)] })
  const taken: (string | undefined)[] = []
  for await (const message of client.messages()) {
    taken.push(message.text)
    if (taken.length === 2) break
  }
  for await (const message of client.chat(chat).messages()) {
    taken.push(message.text)
    break
  }
  expect(taken).toEqual(['a', 'b', 'c'])
})

test('G4: what a loop had not finished when the process died comes again', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store })
  await server.delivered({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0)] })
  const stream = client.messages()
  expect((await stream.next()).value).toMatchObject({ text: 'a' })
  const second: IteratorResult<Message> = await stream.next()
  expect(second.value).toMatchObject({ text: 'b' })
  await client.close()
  await listen(store)
  await until(() => seen.length === 1, 2_000, 'message')
  expect(seen).toEqual(['2 bob b'])
})

test('G8: handled messages beyond those kept leave the store', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store, messagesKept: 3 })
  client.on('message', () => {})
  await server.delivered({ messages: [firstText(chat, '1')] })
  for (let seq = 2; seq <= 8; seq++) await server.delivered({ messages: [text(chat, seq, `${seq}`, 0)] })
  await client.close()
  expect((await store.messages(chat, 0, 99, 99)).map(({ seq }) => seq)).toEqual([6, 7, 8])
})

test('G8: a long backlog that is handled at once leaves the store too', async () => {
  const store = memoryStore()
  client = await connectAlice(server, { store, messagesKept: 3 })
  const last = 12_000
  for (let first = 1; first <= last; first += 1_000) {
    const messages = Array.from({ length: 1_000 }, (_, n) => text(chat, first + n, 'x', 0))
    messages[0] = first === 1 ? firstText(chat, 'x') : (messages[0] as (typeof messages)[0])
    await server.delivered({ messages })
  }
  let count = 0
  client.on('message', () => count++)
  await until(() => count === last, 4_000, 'the backlog')
  await client.close()
  expect((await store.messages(chat, 0, last + 1, last)).map(({ seq }) => seq)).toEqual([
    11_998, 11_999, 12_000,
  ])
})
