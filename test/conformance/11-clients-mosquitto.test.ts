// Can Debian's mosquitto_pub and mosquitto_sub log in, be delivered to, go offline and get what they missed, in order?
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { decodeDown, encodeUp } from '../../proto/codec.ts'
import { needsProgram } from '../support/services.ts'
import { until } from '../support/deadline.ts'
import { Phone } from '../support/phone.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()
const scratch = mkdtempSync(join(tmpdir(), 'restante-mosquitto-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const common = async (user: string) => [
  '-h',
  '127.0.0.1',
  '-p',
  String(use.server.port),
  '-i',
  `${user}/mosquitto`,
  '-u',
  user,
  '-P',
  await use.token(user),
  '-V',
  'mqttv311',
] // prettier-ignore

/** Gets `count` frames, one hex line each, then leaves. */
async function subscribe(
  user: string,
  count: number,
): Promise<{ frames: Promise<string[]>; ready: Promise<void> }> {
  const args = [
    ...(await common(user)),
    '-c',
    '-q',
    '1',
    '-t',
    `u/${user}`,
    '-F',
    '%x',
    '-C',
    String(count),
    '-W',
    '15',
    '-d',
  ]
  const child = spawn('mosquitto_sub', args)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const frames = new Promise<string[]>((resolve) =>
    child.once('close', () => resolve(output.split('\n').filter((line) => /^[0-9a-f]+$/.test(line)))),
  )
  return {
    frames,
    ready: until(
      () => output.includes('SUBACK'),
      8_000,
      () => output,
    ).then(() => undefined),
  }
}

const textsOf = (frames: readonly string[]): string[] =>
  frames.flatMap((frame) =>
    decodeDown(Buffer.from(frame, 'hex')).messages.map((message) => message.text ?? ''),
  )

test('G2 a mosquitto_sub with a persistent session gets what it missed, in order', async (context) => {
  needsProgram(context, 'mosquitto_sub', '--help')
  const alice = await use.phone('alice/phone')
  await use.users('bob')
  const first = await subscribe('bob', 1)
  await first.ready
  await alice.tell('bob', 'live')
  expect(textsOf(await first.frames)).toEqual(['live'])
  for (let i = 1; i <= 25; i++) await alice.tell('bob', `missed ${i}`)
  // The lane puts several entries into a frame, so the number of frames is not known: ask for the rest one by one.
  const texts: string[] = []
  while (texts.length < 25) texts.push(...textsOf(await (await subscribe('bob', 1)).frames))
  expect(texts).toEqual(Array.from({ length: 25 }, (_, i) => `missed ${i + 1}`))
}, 60_000)

test('mosquitto_pub sends a message: the frame is a file', async (context) => {
  needsProgram(context, 'mosquitto_pub', '--help')
  const bob = await use.phone('bob/phone')
  const file = join(scratch, 'frame')
  writeFileSync(
    file,
    encodeUp({ message: { clientSeq: Phone.nextClientSeq(), text: 'from a shell', peer: 'bob' } }),
  )
  const carol = await use.phone('carol/phone')
  const topic = `g/${carol.direct('bob')}`
  await promisify(execFile)('mosquitto_pub', [...(await common('carol')), '-q', '1', '-t', topic, '-f', file])
  const message = await bob.next('messages', (item) => item.text === 'from a shell')
  expect(message.directMembers).toEqual(['carol', 'bob'])
})

test('mosquitto_sub with a wrong token is told so', async (context) => {
  needsProgram(context, 'mosquitto_sub', '--help')
  const args = [
    '-h',
    '127.0.0.1',
    '-p',
    String(use.server.port),
    '-i',
    'bob/mosquitto',
    '-u',
    'bob',
    '-P',
    'wrong',
    '-t',
    'u/bob',
    '-q',
    '1',
  ]
  const failure = await promisify(execFile)('mosquitto_sub', [...args, '-W', '5']).catch(
    (error: { stderr: string }) => error,
  )
  expect(failure.stderr).toMatch(/bad user name or password|not authori[sz]ed/i)
})
