import { randomFillSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { memoryStore, type ChatChange, type Client, type Message } from '../../../clients/index.ts'
import { decodeUp } from '../../../proto/codec.ts'
import { directChatId, type ChatId, type UserId } from '../../../proto/ids.ts'
import { until } from '../../support/deadline.ts'
import { vectors } from '../../support/vectors.ts'
import { connectAlice, ScriptedServer } from '../clients/sdk/scripted-server.ts'

interface Publish {
  readonly topic: string
  readonly payload: string
}
type Step = { readonly publishes: Publish[] } & (
  | { readonly do: 'connect' }
  | { readonly do: 'cut' }
  | { readonly do: 'send'; readonly chat: ChatId; readonly text: string; readonly peer?: string }
  | { readonly do: 'frame'; readonly payload: string; readonly qos: 0 | 1 }
)
/** seq, user, content */
type Entry = readonly [number, string, { text?: string; body?: string; change?: string }]
interface End {
  readonly handed: Record<ChatId, Entry[]>
  readonly timeline: Record<ChatId, Entry[]>
  readonly marks: Record<ChatId, { delivered: number; read: number; ownRead: number }>
  readonly accepted: Record<string, number>
  readonly rejected: Record<string, number>
  readonly waiting: number[]
  readonly gaps: number
}
const { lastClientSeq, scenarios } = vectors<{
  lastClientSeq: number
  scenarios: { name: string; says: string; steps: Step[]; end: End }[]
}>('receiving')

let server: ScriptedServer
let client: Client
/** The vectors' numbers follow one another from the first on: an outbox that is opened begins at random behind that. */
function withoutChance(): void {
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((values) =>
    values instanceof Uint32Array ? values.fill(0) : randomFillSync(values as Uint8Array),
  )
}

beforeEach(async () => {
  withoutChance()
  server = await ScriptedServer.start()
  const store = memoryStore()
  const meta = { key: 'meta', user: 'alice', device: 'phone', clientSeq: lastClientSeq } as const
  await store.write([{ table: 'meta', put: meta }])
  client = await connectAlice(server, { store })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await client.close({ drainMs: 0 })
  await server.stop()
})

/** Everything that the app was told, in the vectors' terms. */
class App {
  readonly handed: Record<ChatId, Entry[]> = {}
  readonly marks: End['marks'] = {}
  readonly accepted: End['accepted'] = {}
  readonly rejected: End['rejected'] = {}
  gaps = 0

  constructor() {
    for (const event of ['message', 'change'] as const) client.on(event, (message) => this.#hand(message))
    client.on('accepted', ({ clientSeq, seq }) => (this.accepted[clientSeq] = seq))
    client.on('rejected', ({ clientSeq, error }) => (this.rejected[clientSeq] = error.entry.code))
    client.on('receipt', ({ chatId, kind, upTo }) => {
      const marks = (this.marks[chatId] ??= { delivered: 0, read: 0, ownRead: 0 })
      marks[kind === 'own-read' ? 'ownRead' : kind] = upTo
    })
    // Of a whole mailbox; those of its chats follow from what the server's list says.
    client.on('gap', ({ chatId }) => (this.gaps += chatId === undefined ? 1 : 0))
  }

  #hand(message: Message): void {
    ;(this.handed[message.chatId] ??= []).push(entryOf(message))
  }

  async end(chats: readonly ChatId[]): Promise<End> {
    const { handed, marks, accepted, rejected, gaps } = this
    const timeline: End['timeline'] = {}
    for (const id of chats) timeline[id] = (await client.chat(id).history({ limit: 1_000 })).map(entryOf)
    const waiting = client.waiting.map(({ clientSeq }) => clientSeq)
    return { handed, timeline, marks, accepted, rejected, waiting, gaps }
  }
}

const CHANGES: Record<ChatChange['kind'], string> = {
  created: 'created',
  added: 'added',
  removed: 'removed',
  left: 'left',
  renamed: 'renamed',
  'role-set': 'role_set',
  'disappearing-set': 'disappearing_set',
}

function entryOf({ seq, sender, text, body, change }: Message): Entry {
  const content = {
    ...(text !== undefined && { text }),
    ...(body !== undefined && { body: Buffer.from(body).toString('hex') }),
    ...(change !== undefined && { change: CHANGES[change.kind] }),
  }
  return [seq, sender, content]
}

/** What the client published and gave a clientSeq to. */
function commands(): Publish[] {
  return server.publishes
    .filter(({ topic, payload }) => topic.startsWith('g/') && isCommand(payload as Buffer))
    .map(({ topic, payload }) => ({ topic, payload: (payload as Buffer).toString('hex') }))
}

function isCommand(payload: Uint8Array): boolean {
  const { query, read, typing } = decodeUp(payload)
  return !query && !read && !typing
}

async function take(step: Step): Promise<void> {
  if (step.do === 'connect') {
    server.isRefusing = false
    await until(() => client.isConnected, 2_000, 'the connection')
  } else if (step.do === 'cut') {
    server.isRefusing = true
    server.cut()
    await until(() => !client.isConnected, 2_000, 'the end of the connection')
  } else if (step.do === 'send') send(step)
  else if (step.qos === 1) await acknowledged(server.bytes(Buffer.from(step.payload, 'hex')))
  else server.ephemeralBytes(Buffer.from(step.payload, 'hex'))
}

function send({ chat, text, peer }: Extract<Step, { do: 'send' }>): void {
  const isDirect = peer !== undefined && directChatId('alice' as UserId, peer as UserId) === chat
  void (isDirect ? client.direct(peer) : client.chat(chat)).send({ text }).catch(() => undefined)
}

async function acknowledged(packetId: number): Promise<void> {
  await until(() => server.pubacks.includes(packetId), 2_000, `PUBACK ${packetId}`)
}

describe('the vectors of receiving (G3, G4)', () => {
  it.each(scenarios)('$name: $says', async ({ steps, end }) => {
    const app = new App()
    const expected: Publish[] = []
    for (const step of steps) {
      await take(step)
      expected.push(...step.publishes)
      await until(
        () => commands().length >= expected.length,
        2_000,
        () => `Ups; there are ${commands().length}`,
      )
    }
    await acknowledged(server.bytes(new Uint8Array()))
    expect(commands()).toEqual(expected)
    expect(await app.end(Object.keys(end.timeline) as ChatId[])).toEqual(end)
  })
})
