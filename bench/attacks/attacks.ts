import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { generate } from 'mqtt-packet'
import { type DecodedDown, encodeRequest, encodeUp, type Up } from '../../proto/codec.ts'
import { directChatId, groupChatId, type ChatId, type UserId } from '../../proto/ids.ts'
import { chatTopic, REQUEST_TOPIC } from '../../proto/topics.ts'
import { Attacker, openSocket, type Target, write } from './client.ts'

/** Gets ready, and gives the attack itself, which goes on until its process is ended. */
type Attack = (target: Target) => Promise<() => Promise<void>>

/** Members of the largest group by default, besides the one who makes it. They exist, and are not there. */
export const CROWD = Array.from({ length: 1_023 }, (_, i) => `crowd${i}`)
/** Publishes on their way at once. */
const WINDOW = 100

export const ATTACKS: Readonly<Record<string, Attack>> = {
  /** 36 messages of 64 KiB at a time in a group of 1,024. */
  'large-messages': async (target) => {
    const { client, chat } = await inCrowd(target)
    const body = randomBytes(64 * 1024)
    return () => commands(client, 36, (clientSeq) => [chat, { message: { clientSeq, body } }])
  },
  creates: async (target) => {
    const client = await Attacker.open(target)
    return () => commands(client, 84, (clientSeq) => [newGroup(), create(clientSeq, CROWD)])
  },
  /** Adds and removes everybody, in turns. */
  members: async (target) => {
    const { client, chat } = await inCrowd(target)
    return () =>
      commands(client, 112, (clientSeq) => [
        chat,
        clientSeq % 2 === 0
          ? { remove: { clientSeq, members: CROWD } }
          : { add: { clientSeq, members: CROWD } },
      ])
  },
  /** Questions for the details of a group of 1,024. */
  queries: async (target) => {
    const { client, chat } = await inCrowd(target)
    return () => commands(client, WINDOW, (request) => [chat, { query: { request, detail: {} } }])
  },
  /** Asks for the list of 300 chats. */
  'my-chats': async (target) => {
    const client = await Attacker.open(target)
    const chats = CROWD.slice(0, 300).map((peer) => ({
      chat: directChatId(target.user as UserId, peer as UserId),
      up: (clientSeq: number): Up => ({ message: { clientSeq, text: 'hello', peer } }),
    }))
    for (const { chat, up } of chats) await accepted(client, chat, up)
    return async () => {
      for (let request = 1; ; request++)
        await client.publish(REQUEST_TOPIC, encodeRequest({ request, myChats: {} }), WINDOW)
    }
  },
  /** Types 4,000 times a second in a group of 1,024. */
  typing: async (target) => {
    const { client, chat } = await inCrowd(target)
    const payload = Buffer.from(encodeUp({ typing: {} }))
    const one = {
      cmd: 'publish',
      qos: 0,
      dup: false,
      retain: false,
      topic: chatTopic(chat),
      payload,
    } as const
    return () => paced(4_000, generate(one), (bytes) => client.send(bytes))
  },
  /** Subscribes and unsubscribes 10,000 times a second. */
  subscribes: async (target) => {
    const client = await Attacker.open(target)
    const filter = `u/${target.user}`
    const on = generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: filter, qos: 1 }] })
    const off = generate({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: [filter] })
    return () => paced(5_000, Buffer.concat([on, off]), (bytes) => client.send(bytes))
  },
  pubacks: async (target) => {
    const client = await Attacker.open(target)
    return () => paced(150_000, generate({ cmd: 'puback', messageId: 7 }), (bytes) => client.send(bytes))
  },
  pings: async (target) => {
    const client = await Attacker.open(target)
    return () => paced(150_000, generate({ cmd: 'pingreq' }), (bytes) => client.send(bytes))
  },
  /** Groups with 1,023 users who don't exist, others each time. */
  'unknown-users': async (target) => {
    const client = await Attacker.open(target)
    return () =>
      commands(client, WINDOW, (clientSeq) => [
        newGroup(),
        create(
          clientSeq,
          CROWD.map((user) => `${user}.${clientSeq}`),
        ),
      ])
  },
  /** 999 clean sessions of one token, kept. */
  'clean-sessions': async (target) => async () => {
    for (let i = 0; i < 999; i++) void Attacker.open(target, `clean${i}`, true)
    await new Promise(() => setInterval(() => {}, 1_000))
  },
  /** A stranger asks for the metrics 1,000 times at once, and again when the answers are there. */
  metrics: async (target) => async () => {
    const request = 'GET /metrics HTTP/1.1\r\nHost: bystander\r\n\r\n'
    for (;;) {
      const socket = openSocket(target.httpPort)
      socket.resume()
      socket.on('data', () => {})
      await write(socket, Buffer.from(request.repeat(1_000)))
      socket.end()
      await once(socket, 'close')
    }
  },
  /** A stranger begins 2,500 HTTP requests, and ends none. */
  'half-requests': async (target) => async () => {
    const begun = (): void => {
      const socket = openSocket(target.httpPort)
      socket.write('GET /healthz HTTP/1.1\r\nHost: bystander\r\n')
      socket.resume()
      socket.once('close', () => setTimeout(begun, 100))
    }
    for (let i = 0; i < 2_500; i++) begun()
    await new Promise(() => setInterval(() => {}, 1_000))
  },
  /** Groups without other members. */
  groups: async (target) => {
    const client = await Attacker.open(target)
    return () => commands(client, WINDOW, (clientSeq) => [newGroup(), create(clientSeq, [])])
  },
  /** Filters that are refused. */
  filters: async (target) => {
    const client = await Attacker.open(target)
    const subscriptions = Array.from({ length: 100 }, (_, i) => ({ topic: `not/mine/${i}`, qos: 1 as const }))
    const bytes = generate({ cmd: 'subscribe', messageId: 1, subscriptions })
    return () => paced(1_000, bytes, (all) => client.send(all))
  },
}

/** Sends commands for ever, each under the next number, `window` of them without PUBACK. */
async function commands(
  client: Attacker,
  window: number,
  make: (number: number) => [ChatId, Up],
): Promise<never> {
  for (let number = FIRST_COMMAND; ; number++) {
    const [chat, up] = make(number)
    await client.publish(chatTopic(chat), encodeUp(up), window)
  }
}

/** The same bytes so many times a second, as far as they are read. */
async function paced(perS: number, one: Buffer, send: (bytes: Buffer) => Promise<void>): Promise<never> {
  const startedAt = performance.now()
  for (let sent = 0; ; ) {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * perS) - sent
    // What was not read in time is not sent later.
    if (due > 0) await send(Buffer.concat(Array.from({ length: Math.min(due, perS / 10) }, () => one)))
    sent += Math.max(0, due)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Numbers below it are for what an attack gets ready with. */
const FIRST_COMMAND = 10_000
let nextNumber = 1

/** A command that is carried out, as often as it has to be asked for. */
async function accepted(client: Attacker, chat: ChatId, up: (clientSeq: number) => Up): Promise<void> {
  for (;;) {
    const clientSeq = nextNumber++
    const answer = new Promise<number>((resolve) => {
      client.onDown = (down) => {
        if (isAcceptance(down, clientSeq)) resolve(0)
        const refusal = down.rejected.find((each) => each.clientSeq === clientSeq)
        if (refusal !== undefined) resolve(refusal.retryAfterS ?? 1)
      }
    })
    await client.publish(chatTopic(chat), encodeUp(up(clientSeq)), WINDOW)
    const waitS = await answer
    if (waitS === 0) return
    await new Promise((resolve) => setTimeout(resolve, waitS * 1_000))
  }
}

function isAcceptance({ accepted: all }: DecodedDown, clientSeq: number): boolean {
  return all.some(({ clientSeq: first, more }) => {
    const from = first ?? 0
    return clientSeq >= from && clientSeq <= from + (more ?? 0)
  })
}

/** In a group with everybody of the crowd. */
async function inCrowd(target: Target): Promise<{ client: Attacker; chat: ChatId }> {
  const client = await Attacker.open(target)
  const chat = newGroup()
  await accepted(client, chat, (clientSeq) => create(clientSeq, CROWD))
  return { client, chat }
}

function create(clientSeq: number, members: string[]): Up {
  return { create: { clientSeq, name: 'attack', members } }
}

function newGroup(): ChatId {
  return groupChatId(randomBytes(10))
}
