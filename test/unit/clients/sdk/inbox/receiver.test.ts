// Frames of two connections: the older one's last is still looked at or written when the next one's first comes.
import { expect, test } from 'vitest'
import { memoryStore } from '../../../../../clients/index.ts'
import type { ClientEvents } from '../../../../../clients/sdk/client-events.ts'
import { Chats } from '../../../../../clients/sdk/chats/chats.ts'
import { Events } from '../../../../../clients/sdk/events.ts'
import { Inbox } from '../../../../../clients/sdk/inbox/inbox.ts'
import { messageOfAnybody } from '../../../../../clients/sdk/inbox/message.ts'
import { Receipts } from '../../../../../clients/sdk/inbox/receipts.ts'
import { Receiver } from '../../../../../clients/sdk/inbox/receiver.ts'
import { Outbox } from '../../../../../clients/sdk/outbox/outbox.ts'
import { Requests } from '../../../../../clients/sdk/requests/requests.ts'
import type { StoreChange } from '../../../../../clients/sdk/store/local-store.ts'
import { encodeDown, type Down } from '../../../../../proto/codec.ts'
import { directChatId, type UserId } from '../../../../../proto/ids.ts'
import { firstText, text } from '../scripted-server.ts'

const chat = directChatId('alice' as UserId, 'bob' as UserId)
const alice = 'alice' as UserId
const viewer = { user: alice, act: () => Promise.reject(new Error('nobody acts here')) }

/** A receiver with a local store whose next look, or next write, can be held. */
async function receiving() {
  const store = memoryStore()
  const state = await store.open()
  const seen: string[] = []
  const held = { look: Promise.resolve(), write: Promise.resolve() }
  const hold = (what: 'look' | 'write'): (() => void) => {
    let letGo = (): void => undefined
    held[what] = new Promise((resolve) => (letGo = resolve))
    return letGo
  }
  const write = async (changes: readonly StoreChange[]): Promise<void> => {
    await held.write
    await store.write(changes)
  }
  const events = new Events<ClientEvents>()
  events.on('message', ({ seq, text: words }) => seen.push(`${seq} ${words}`))
  const setbacks: number[] = []
  events.on('setback', ({ firstSeq }) => setbacks.push(firstSeq))
  const chats = new Chats(state, write, 100, () => {})
  const inbox = new Inbox({
    hasListeners: () => true,
    resolve: (stored) => messageOfAnybody(stored, chats.get(stored.chat), viewer),
    emit: (message) => events.emit('message', message),
    handled: (stored) => chats.handled(stored),
  })
  const outbox = new Outbox({
    items: [],
    clientSeq: 0,
    metaOf: (clientSeq) => ({
      table: 'meta',
      put: { key: 'meta', user: 'alice', device: 'phone', clientSeq },
    }),
    write,
    peerOf: () => undefined,
    backoff: () => 5,
    clock: Date.now,
  })
  const receiver = new Receiver({
    user: alice,
    chats,
    outbox,
    inbox,
    receipts: new Receipts(),
    requests: new Requests(),
    events,
    write,
    stored: async (id, after, before) => {
      const found = await store.messages(id, after, before, Number.POSITIVE_INFINITY)
      await held.look
      return found
    },
    reconcile: () => undefined,
    resolveDoubts: () => undefined,
    readAgain: () => undefined,
    acted: () => undefined,
  })
  const frame = (down: Down, acknowledge: () => unknown = () => undefined): Promise<void> =>
    receiver.frame(encodeDown(down), () => void acknowledge())
  return { frame, hold, seen, setbacks }
}

test('G4: a frame that comes again while its first copy is still compared with the store gives nothing twice', async () => {
  const { frame, hold, seen, setbacks } = await receiving()
  await frame({ messages: [firstText(chat, 'a'), text(chat, 2, 'b', 0)] })
  const letGo = hold('look')
  // The server gives seq 2 anew, and the connection breaks before the store has said what stood there.
  const first = frame({ messages: [text(chat, 2, 'other', 0)] })
  const again = frame({ messages: [text(chat, 2, 'other', 0)] })
  letGo()
  await Promise.all([first, again])
  await frame({ messages: [text(chat, 3, 'c', 0)] })
  expect([seen, setbacks]).toEqual([['1 a', '2 b', '2 other', '3 c'], [2]])
})

test('G2: a frame that comes again is acknowledged only when its first copy is in the store', async () => {
  const { frame, hold } = await receiving()
  const letGo = hold('write')
  const acknowledged: string[] = []
  const first = frame({ messages: [firstText(chat, 'a')] }, () => acknowledged.push('first'))
  const again = frame({}, () => acknowledged.push('again'))
  await new Promise((resolve) => setImmediate(resolve))
  expect(acknowledged).toEqual([])
  letGo()
  await Promise.all([first, again])
  expect(acknowledged).toEqual(['first', 'again'])
})

test('a frame that failed does not keep the next one from being taken', async () => {
  const { frame } = await receiving()
  const failing = frame({ messages: [firstText(chat, 'a')] }, () => {
    throw new Error('nobody is there to acknowledge to')
  })
  let isAcknowledged = false
  const next = frame({ messages: [text(chat, 2, 'b', 0)] }, () => (isAcknowledged = true))
  await expect(failing).rejects.toThrow('nobody is there')
  await next
  expect(isAcknowledged).toBe(true)
})
