// Do all devices of all members see the same edits, deletions and reactions? And does docs/content.md's example do what it says?
import { readFileSync } from 'node:fs'
import { runInThisContext } from 'node:vm'
import { afterEach, expect, test } from 'vitest'
import { connect, memoryStore, type Client, type LocalStore } from '../../../clients/index.ts'
import { until } from '../../support/deadline.ts'
import { useServer } from '../../support/use-server.ts'

const PAGE = readFileSync(new URL('../../../docs/content.md', import.meta.url), 'utf8')
const running = useServer()
const clients: Client[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close({ drainMs: 0 })))
})

async function open(user: string, device: string, store: LocalStore = memoryStore()): Promise<Client> {
  const token = await running.token(user)
  const url = `mqtt://127.0.0.1:${running.server.port}`
  const client = await connect({ url, token, device, store, backoff: () => 20 })
  clients.push(client)
  return client
}

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(PAGE)?.[1] ?? ''
}

test('docs/content.md: its example prints what stands under it', async () => {
  const [alice, bob] = [await open('alice', 'phone'), await open('bob', 'phone')]
  const lines: string[] = []
  const log = { log: (...words: unknown[]): void => void lines.push(words.join(' ')) }
  // What a reader would run, between their own connect and close.
  const example = runInThisContext(`(async (alice, bob, console) => {${block('ts')}})`) as (
    ...args: unknown[]
  ) => Promise<void>
  await example(alice, bob, log)
  const told = 'reaction by bob: 👍'
  expect(PAGE).toContain(told)
  const expected = block('text').trim().split('\n')
  expect(expected.length).toBeGreaterThan(3)
  await until(
    () => lines.length > expected.length,
    10_000,
    () => lines.join('\n'),
  )
  // Each listener is told in order; which of the two is told first is not said.
  const isMessage = (line: string): boolean => line.startsWith('alice: ')
  const got = lines.filter((line) => line !== told)
  expect(got.filter(isMessage)).toEqual(expected.filter(isMessage))
  expect(got.filter((line) => !isMessage(line))).toEqual(expected.filter((line) => !isMessage(line)))
  expect(lines).toContain(told)
})

/** What a device shows of the chat. */
async function shownOn(client: Client, chat: string): Promise<string[]> {
  const messages = await client.chat(chat).history()
  return messages
    .filter(({ change }) => !change)
    .map(({ seq, text, deleted, earlier = [], reactions = [] }) => {
      const said = deleted
        ? `deleted by ${deleted.by}`
        : [...earlier.map((one) => one.text), text].join(' → ')
      return [`${seq} ${said}`, ...reactions.map(({ emoji, users }) => `${emoji} ${users.join(',')}`)].join(
        ' ',
      )
    })
}

test('all devices see the same, whoever did what to which message; a restarted one, too', async () => {
  const kept = memoryStore()
  const alice = await open('alice', 'phone')
  await open('carol', 'phone')
  const bob = await open('bob', 'phone', kept)
  const bobs = await open('bob', 'laptop')
  const trip = await alice.createGroup({ name: 'trip', members: ['bob', 'carol'] })
  for (const client of clients) client.on('message', () => {})
  const [, carol] = clients as [Client, Client]
  const chats = new Map(clients.map((client) => [client, client.chat(trip.id)]))
  const chatOf = (client: Client) => chats.get(client) as ReturnType<Client['chat']>

  const all = async (expected: string[]): Promise<void> => {
    await until(
      async () => {
        const shown = await Promise.all(clients.map((client) => shownOn(client, trip.id)))
        return shown.every((one) => JSON.stringify(one) === JSON.stringify(expected))
      },
      15_000,
      () => `${expected.join('\n')}\neverywhere`,
    )
  }
  await (await trip.send({ text: 'one' })).accepted
  await (await chatOf(bob).send({ text: 'two' })).accepted
  await all(['2 one', '3 two'])

  await (await chatOf(bobs).message(3))?.edit('zwei')
  await (await (await chatOf(carol).message(2))?.react('👍'))?.accepted
  await (await chatOf(bob).message(2))?.react('👎')
  await all(['2 one 👍 carol 👎 bob', '3 two → zwei'])
  await (await (await chatOf(bob).message(2))?.react(''))?.accepted
  await (await trip.message(3))?.delete()
  await all(['2 one 👍 carol', '3 deleted by alice'])

  await bob.close()
  clients.splice(clients.indexOf(bob), 1)
  await (await trip.message(2))?.edit('eins')
  await open('bob', 'phone', kept)
  await all(['2 one → eins 👍 carol', '3 deleted by alice'])
  const counts = (): number[] =>
    clients.filter(({ user }) => user === 'bob').map((client) => client.chat(trip.id).unread)
  await until(
    () => counts().every((count) => count === counts()[0]),
    5_000,
    () => counts().join(),
  )
})
