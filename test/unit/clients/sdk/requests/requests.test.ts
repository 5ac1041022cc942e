// Does each question get one answer, the first, and is it asked until there is one?
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Client } from '../../../../../clients/index.ts'
import { errorCode } from '../../../../../proto/errors.ts'
import { chatBytesOf, directChatId, type UserId } from '../../../../../proto/ids.ts'
import { until } from '../../../../support/deadline.ts'
import { connectAlice, ScriptedServer, text } from '../scripted-server.ts'

const chat = directChatId('alice' as UserId, 'bob' as UserId)

let server: ScriptedServer
let client: Client
beforeEach(async () => {
  server = await ScriptedServer.start()
  client = await connectAlice(server)
  server.requests.length = 0
})
afterEach(async () => {
  await client.close({ drainMs: 0 })
  await server.stop()
})

const devices = (name: string): object => ({ devices: { devices: [{ name }] } })
const asked = (n: number): Promise<number> =>
  until(() => server.requests[n]?.request, 2_000, `question ${n}; there are ${server.requests.length}`)
const names = async (asking: ReturnType<Client['devices']>): Promise<string[]> =>
  (await asking).map(({ name }) => name)

test('a question without an answer is asked again after a reconnect, with its number, and the first answer counts', async () => {
  const asking = client.devices()
  const request = await asked(0)
  server.cut()
  expect(await asked(1)).toBe(request)
  await server.delivered({
    responses: [
      { request, ...devices('first') },
      { request, ...devices('second') },
    ],
  })
  await server.delivered({ responses: [{ request, ...devices('third') }] })
  await server.delivered({ rejected: [{ request, code: errorCode('unavailable') }] })
  expect(await names(asking)).toEqual(['first'])
})

test('a question that came too soon is asked again when the server says, if that is in time (G8)', async () => {
  const asking = client.devices()
  const request = await asked(0)
  const code = errorCode('rate-limited')
  const refusedAtMs = performance.now()
  await server.delivered({ rejected: [{ request, code, retryAfterS: 1 }] })
  expect(await asked(1)).toBe(request)
  expect(performance.now() - refusedAtMs).toBeGreaterThan(900)
  await server.delivered({ responses: [{ request, ...devices('later') }] })
  expect(await names(asking)).toEqual(['later'])

  const tooLong = client.devices().catch((error: unknown) => error)
  await server.delivered({ rejected: [{ request: await asked(2), code, retryAfterS: 31 }] })
  expect(await tooLong).toMatchObject({ code: 'rejected', retryAfterS: 31 })
})

test('an answer that comes with the next connection is the answer', async () => {
  const asking = client.devices()
  const request = await asked(0)
  server.onConnack = () => server.down({ responses: [{ request, ...devices('waited') }] })
  server.cut()
  expect(await names(asking)).toEqual(['waited'])
})

test('a question asked without a connection goes out with the next one; one that has its answer does not', async () => {
  const answered = client.devices()
  await server.delivered({ responses: [{ request: await asked(0), ...devices('first') }] })
  await answered
  server.connackCode = 3
  server.cut()
  await until(() => !client.isConnected, 2_000, 'no connection')
  const asking = client.devices()
  server.connackCode = 0
  const request = await asked(1)
  await server.delivered({ responses: [{ request, ...devices('second') }] })
  expect(await names(asking)).toEqual(['second'])
  expect(server.requests.length).toBe(2)
})

test('an answer about a chat that nobody waits for any more changes nothing', async () => {
  client.on('message', () => {})
  await server.delivered({ messages: [text(chat, 5, 'x', 0)] })
  const { query } = await server.up(0)
  const request = query?.request as number
  const members = ['bob', 'alice'].map((user, number) => ({ number, user, role: 1 }))
  const detail = (lastSeq: number): object => ({ chat: chatBytesOf(chat), direct: true, lastSeq, members })
  const setbacks: number[] = []
  client.on('setback', ({ firstSeq }) => setbacks.push(firstSeq))
  await server.delivered({ responses: [{ request, chat: detail(5) }] })
  await server.delivered({ messages: [text(chat, 6, 'y', 0)] })
  await server.delivered({ responses: [{ request, chat: detail(5) }] })
  expect(client.chat(chat).lastSeq).toBe(6)
  expect(setbacks).toEqual([])
})

test('a server that cannot say just now who is in a chat is asked again before anybody goes without a name', async () => {
  const seen: string[] = []
  client.on('message', ({ sender }) => seen.push(sender))
  await server.delivered({ messages: [text(chat, 5, 'x', 0)] })
  const refused = { request: (await server.up(0)).query?.request as number, code: errorCode('unavailable') }
  await server.delivered({ rejected: [refused] })
  const { query } = await server.up(1)
  const members = ['bob', 'alice'].map((user, number) => ({ number, user, role: 1 }))
  const answer = { chat: chatBytesOf(chat), direct: true, lastSeq: 5, members }
  await server.delivered({ responses: [{ request: query?.request as number, chat: answer }] })
  expect(seen).toEqual(['bob'])
})
