// Can somebody chat with nothing but mosquitto_pub, mosquitto_sub and `restante frame`, as README says?
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { decodeUp, encodeDown } from '../../../proto/codec.ts'
import { chatBytesOf, directChatId, type UserId } from '../../../proto/ids.ts'
import { until } from '../../support/deadline.ts'
import { needsProgram } from '../../support/services.ts'
import { MAIN } from '../../support/server.ts'
import { environment, ended, runCli, useCli, type Ended } from '../../support/cli-run.ts'

const use = useCli()
const chat = directChatId('alice' as UserId, 'bob' as UserId)
const frame = (...args: string[]): Promise<Ended> => runCli(['frame', ...args], { home: use.home })

/** The bytes that `frame encode` writes. */
async function encoded(args: readonly string[], stdin = ''): Promise<Buffer> {
  const child = spawn(process.execPath, [MAIN, 'frame', 'encode', ...args], { env: environment(use.home) })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stdin.end(stdin)
  await once(child, 'close')
  return Buffer.concat(chunks)
}

describe('frame', () => {
  test('names topics', async () => {
    await expect(frame('topic', 'bob')).resolves.toMatchObject({ code: 0, stdout: 'u/bob\n' })
    await expect(frame('topic', 'alice', 'bob')).resolves.toMatchObject({ code: 0, stdout: `g/${chat}\n` })
    await expect(frame('topic', 'a/b')).resolves.toMatchObject({ code: 1, stdout: '' })
  })

  test('makes a message of an argument or of stdin; each has a number of its own', async () => {
    const first = decodeUp(await encoded(['--peer', 'bob', 'hello']))
    const second = decodeUp(await encoded(['--peer', 'bob'], 'hello\n'))
    expect(first.message).toMatchObject({ text: 'hello', peer: 'bob' })
    expect(second.message).toMatchObject({ text: 'hello', peer: 'bob' })
    expect(Number(second.message?.clientSeq)).toBeGreaterThan(Number(first.message?.clientSeq))
    expect(decodeUp(await encoded(['--client-seq', '7', 'x'])).message).toMatchObject({ clientSeq: 7 })
  })

  test('makes any other frame of JSON', async () => {
    expect(decodeUp(await encoded(['--json', '{"read":{"upTo":3}}'])).read).toMatchObject({ upTo: 3 })
    const create = decodeUp(await encoded(['--json', '{"create":{"name":"trip","members":["bob"]}}'])).create
    expect(create).toMatchObject({ name: 'trip', members: ['bob'] })
    expect(Number(create?.clientSeq)).toBeGreaterThan(0)
  })

  test('says what is wrong with what it is given', async () => {
    await expect(frame('encode', '--json', '{')).resolves.toMatchObject({ code: 1, stdout: '' })
    await expect(frame('encode')).resolves.toMatchObject({ code: 1, stdout: '' })
    const noFrame = await runCli(['frame', 'decode'], { home: use.home, stdin: 'hello, world' })
    expect(noFrame).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/mosquitto_sub needs -N/) as string,
    })
  })

  test('reads frames, for people and as JSON', async () => {
    const down = encodeDown({ messages: [{ chat: chatBytesOf(chat), seq: 2, sender: 1, text: 'hi' }] })
    const lines = await runCli(['frame', 'decode'], { home: use.home, stdin: down })
    expect(lines).toMatchObject({ code: 0, stdout: `${chat} #2 member 1: hi\n` })
    const json = await runCli(['frame', 'decode', '--json'], { home: use.home, stdin: down })
    expect(JSON.parse(json.stdout)).toEqual({ messages: [{ chat, seq: 2, sender: 1, text: 'hi' }] })
  })
})

describe('mosquitto', () => {
  const running: ChildProcess[] = []

  async function login(user: string): Promise<string[]> {
    const token = await use.server.token(user)
    return ['-p', String(use.server.port), '-i', `${user}/mosquitto`, '-q', '1', '-u', user, '-P', token]
  }

  /** `mosquitto_sub … -N | restante frame decode`; `lines()` is what has been printed. */
  async function subscribe(user: string): Promise<{ lines: () => string[]; stop: () => Promise<void> }> {
    const sub = spawn('mosquitto_sub', [...(await login(user)), '-c', '-t', `u/${user}`, '-N'])
    const decode = spawn(process.execPath, [MAIN, 'frame', 'decode'], { env: environment(use.home) })
    running.push(sub, decode)
    sub.stdout.pipe(decode.stdin)
    let text = ''
    decode.stdout.setEncoding('utf8').on('data', (more: string) => (text += more))
    return {
      lines: () => text.split('\n').filter((line) => line.includes('#')),
      stop: async () => {
        const both = Promise.all([ended(sub), ended(decode)])
        sub.kill('SIGTERM')
        await both
      },
    }
  }

  async function publish(user: string, peer: string, text: string): Promise<Ended> {
    const { stdout: topic } = await frame('topic', user, peer)
    const pub = spawn('mosquitto_pub', [...(await login(user)), '-t', topic.trim(), '-s'])
    pub.stdin.end(await encoded(['--peer', peer, text]))
    return ended(pub)
  }

  test('G2 G3 two people chat; who was away gets what was missed, in order', async (context) => {
    needsProgram(context, 'mosquitto_sub', '--help')
    await use.run(['user', 'add', 'alice', 'bob'])
    const first = await subscribe('bob')
    try {
      await expect(publish('alice', 'bob', 'hello bob')).resolves.toMatchObject({ code: 0 })
      await until(() => first.lines().length === 1, 10_000, 'the first message')
      expect(first.lines()).toEqual([`${chat} #1 alice: hello bob`])
      await first.stop()
      for (const text of ['one', 'two', 'three']) await publish('alice', 'bob', text)
      const second = await subscribe('bob')
      await until(
        () => second.lines().length >= 3,
        10_000,
        () => `what was missed: ${second.lines().join()}`,
      )
      expect(second.lines().map((line) => line.replace(/^.*: /, ''))).toEqual(['one', 'two', 'three'])
      await second.stop()
    } finally {
      for (const child of running) child.kill('SIGKILL')
    }
  })
})
