import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { connect, durableStore, RejectedError, type Client, type Message } from '../../../clients/index.ts'
import type { ConnectOptions } from '../../../clients/sdk/connect.ts'
import { until } from '../../support/deadline.ts'
import { useServer } from '../../support/use-server.ts'

const running = useServer()
const clients: Client[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close({ drainMs: 0 })))
})

let users = 0
/** Names that no other test has. */
function names(...wanted: string[]): string[] {
  users++
  return wanted.map((name) => `${name}${users}`)
}

const transports = {
  'mqtt://': () => `mqtt://127.0.0.1:${running.server.port}`,
  'ws://': () => `ws://127.0.0.1:${running.server.httpPort}/mqtt`,
}

async function open(user: string, options: Partial<ConnectOptions> = {}): Promise<Client> {
  const url = transports['mqtt://']()
  const token = await running.token(user)
  const client = await connect({ url, token, device: 'phone', backoff: () => 20, ...options })
  clients.push(client)
  return client
}

function collect(client: Client): Message[] {
  const seen: Message[] = []
  client.on('message', (message) => seen.push(message))
  return seen
}

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'restante-sdk-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

describe.each(Object.entries(transports))('over %s', (_name, url) => {
  test('a message goes from phone to phone: ✓, its seq, ✓✓, read', async () => {
    const [alice, bob] = names('alice', 'bob') as [string, string]
    const [a, b] = [await open(alice, { url: url() }), await open(bob, { url: url() })]
    const seen = collect(b)
    const sent = await a.direct(bob).send({ text: 'hello 😀' })
    expect(await sent.accepted).toBe(1)
    await sent.delivered
    expect(seen).toMatchObject([
      { chatId: sent.chatId, seq: 1, sender: alice, text: 'hello 😀', isOwn: false },
    ])
    await b.chat(sent.chatId).markRead()
    await sent.read
    expect(await a.direct(bob).receipts(1)).toMatchObject({ others: 1, delivered: 1, readBy: [bob] })
  })

  test('a body of 64 KiB arrives as it was sent', async () => {
    const [alice, bob] = names('alice', 'bob') as [string, string]
    const [a, b] = [await open(alice, { url: url() }), await open(bob, { url: url() })]
    const seen = collect(b)
    const body = crypto.getRandomValues(new Uint8Array(65_536))
    const sent = await a.direct(bob).send({ body, contentType: 'application/octet-stream' })
    await sent.delivered
    expect(Buffer.from(seen[0]?.body as Uint8Array).equals(body)).toBe(true)
  })
})

test('G3, G4: a burst of messages both ways arrives once and in order, and every tick resolves', async () => {
  const [alice, bob] = names('alice', 'bob') as [string, string]
  const [a, b] = [await open(alice), await open(bob)]
  const [atA, atB] = [collect(a), collect(b)]
  const words = Array.from({ length: 300 }, (_, n) => `${n}`)
  const sents = await Promise.all(
    words.flatMap((text) => [a.direct(bob).send({ text }), b.direct(alice).send({ text })]),
  )
  const seqs = await Promise.all(sents.map((sent) => sent.accepted))
  await Promise.all(sents.map((sent) => sent.delivered))
  expect([...seqs].sort((x, y) => x - y)).toEqual(Array.from({ length: 600 }, (_, n) => n + 1))
  for (const seen of [atA, atB]) {
    expect(seen.map(({ text }) => text)).toEqual(words)
    expect(seen.every((message, n) => n === 0 || message.seq > (seen[n - 1]?.seq ?? 0))).toBe(true)
  }
})

test('what was sent while the other was away is there when they come back, once', async () => {
  const [alice, bob] = names('alice', 'bob') as [string, string]
  const store = directory()
  const first = await open(bob, { store: durableStore(store) })
  const a = await open(alice)
  const before = collect(first)
  await (await a.direct(bob).send({ text: 'before' })).delivered
  expect(before.length).toBe(1)
  await first.close()

  const sents = await Promise.all(['one', 'two', 'three'].map((text) => a.direct(bob).send({ text })))
  const second = await open(bob, { store: durableStore(store) })
  const after = collect(second)
  await Promise.all(sents.map((sent) => sent.delivered))
  await until(() => after.length === 3, 5_000, 'three messages')
  expect(after.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
  expect((await second.direct(alice).history()).map(({ text }) => text)).toEqual([
    'before',
    'one',
    'two',
    'three',
  ])
})

test('a second device of the sender sees what the first sent, and what was read', async () => {
  const [alice, bob] = names('alice', 'bob') as [string, string]
  const [phone, laptop] = [await open(alice), await open(alice, { device: 'laptop' })]
  const b = await open(bob)
  const seen = collect(laptop)
  const sent = await phone.direct(bob).send({ text: 'mine' })
  await until(() => seen.length === 1, 5_000, 'own message')
  expect(seen).toMatchObject([{ sender: alice, isOwn: true, text: 'mine' }])
  await (await b.direct(alice).send({ text: 'theirs' })).delivered
  await until(() => seen.length === 2, 5_000, "bob's message")
  const read: number[] = []
  laptop.on('receipt', ({ kind, upTo }) => kind === 'own-read' && read.push(upTo))
  await phone.direct(bob).markRead()
  await until(() => read.includes(2), 5_000, 'the mark of the other device')
  expect(laptop.direct(bob).unread).toBe(0)
  expect(sent.seq).toBe(1)
})

test('a group lives: created, changed, seen by all in order', async () => {
  const [alice, bob, carol] = names('alice', 'bob', 'carol') as [string, string, string]
  const [a, b, c] = [await open(alice), await open(bob), await open(carol)]
  const log: string[] = []
  b.on('change', ({ seq, sender, change }) => log.push(`${seq} ${sender} ${change.kind}`))
  b.on('message', ({ seq, sender, text }) => log.push(`${seq} ${sender} ${text}`))
  const group = await a.createGroup({ name: 'trip', members: [bob] })
  await group.send({ text: 'hi' })
  await group.add(carol)
  await group.rename('journey')
  await group.setRole(bob, 'admin')
  expect(await group.members()).toEqual([
    { user: alice, isAdmin: true },
    { user: bob, isAdmin: true },
    { user: carol, isAdmin: false },
  ])
  await until(() => c.chat(group.id).lastSeq === 5, 5_000, "carol's copy")
  const ofCarol = c.chat(group.id)
  if (ofCarol.kind !== 'group') throw new Error('not a group')
  await ofCarol.send({ text: 'hello all' })
  await expect(ofCarol.rename('mine')).rejects.toMatchObject({ entry: { name: 'forbidden' } })
  await ofCarol.leave()
  await expect((await ofCarol.send({ text: 'gone' })).accepted).rejects.toBeInstanceOf(RejectedError)
  await until(
    () => log.length === 7,
    5_000,
    () => log.join(),
  )
  expect(log).toEqual([
    `1 ${alice} created`,
    `2 ${alice} hi`,
    `3 ${alice} added`,
    `4 ${alice} renamed`,
    `5 ${alice} role-set`,
    `6 ${carol} hello all`,
    `7 ${carol} left`,
  ])
  expect((b.chat(group.id) as typeof group).name).toBe('journey')
})

test('a device that is linked late knows its chats, and names the senders of what comes', async () => {
  const [alice, bob, carol] = names('alice', 'bob', 'carol') as [string, string, string]
  const [a, b] = [await open(alice), await open(bob)]
  await open(carol)
  const group = await a.createGroup({ name: 'trip', members: [bob, carol] })
  await group.send({ text: 'early' })
  await until(() => b.chat(group.id).lastSeq === 2, 5_000, "bob's copy")
  const late = await open(bob, { device: 'tablet' })
  const seen = collect(late)
  await until(async () => (await chatsOf(late)).includes(group.id), 5_000, 'the chat in the list')
  await group.send({ text: 'late' })
  await until(() => seen.length === 1, 5_000, 'the message')
  expect(seen).toMatchObject([{ seq: 3, sender: alice, text: 'late' }])
  expect((late.chat(group.id) as typeof group).name).toBe('trip')
})

async function chatsOf(client: Client): Promise<string[]> {
  const ids: string[] = []
  for await (const chat of client.chats()) ids.push(chat.id)
  return ids
}

test('refusals reach the promises of what was refused', async () => {
  const [alice] = names('alice') as [string]
  const a = await open(alice)
  const sent = await a.direct('nobody-at-all').send({ text: 'x' })
  await expect(sent.accepted).rejects.toMatchObject({ entry: { name: 'unknown-user' } })
  await expect(a.createGroup({ name: 'g', members: ['nobody-at-all'] })).rejects.toMatchObject({
    entry: { name: 'unknown-user' },
  })
})

test('devices are listed and removed; a removed one is refused for good', async () => {
  const [alice] = names('alice') as [string]
  const [phone, laptop] = [await open(alice), await open(alice, { device: 'laptop' })]
  const states = (await phone.devices()).map(({ name, isConnected }) => [name, isConnected] as const)
  expect(new Map(states)).toEqual(
    new Map([
      ['laptop', true],
      ['phone', true],
    ]),
  )
  let closed: unknown
  laptop.on('closed', ({ error }) => {
    closed = error?.code
  })
  await phone.removeDevice('laptop')
  await until(() => closed !== undefined, 5_000, 'the end of the removed device')
  expect((await phone.devices()).map(({ name }) => name)).toEqual(['phone'])
})

test('typing reaches who is connected', async () => {
  const [alice, bob] = names('alice', 'bob') as [string, string]
  const [a, b] = [await open(alice), await open(bob)]
  await (await a.direct(bob).send({ text: 'x' })).delivered
  const typing: string[] = []
  b.on('typing', ({ user, isTyping }) => typing.push(`${user} ${isTyping}`))
  a.direct(bob).typing()
  a.direct(bob).typing(false)
  await until(() => typing.length === 2, 5_000, 'typing')
  expect(typing).toEqual([`${alice} true`, `${alice} false`])
})

test('a token that the server does not take is told with a code', async () => {
  const [alice] = names('alice') as [string]
  const expired = await running.token({ user: alice, exp: 1 })
  await expect(open(alice, { token: expired })).rejects.toMatchObject({ code: 'not-authorized' })
  const [header, claims] = (await running.token(alice)).split('.')
  const forged = `${header}.${claims}.${'A'.repeat(43)}`
  await expect(open(alice, { token: forged })).rejects.toMatchObject({ code: 'bad-credentials' })
  const bound = await running.token({ user: alice, device: 'other' })
  await expect(open(alice, { token: bound })).rejects.toMatchObject({ code: 'not-authorized' })
})
