// Can Debian's mosquitto_pub and mosquitto_sub log in, be delivered to, go offline and get what they missed, in order?
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { decodeDown, encodeUp } from '../../../proto/codec.ts'
import { needsProgram } from '../../support/services.ts'
import { Phone } from '../../support/phone.ts'
import { useServer } from '../../support/use-server.ts'

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

/** The frames that one run of mosquitto_sub on the session gets, each as a line of hex. */
async function subscribe(user: string, ...until: string[]): Promise<string[]> {
  const args = [...(await common(user)), '-c', '-q', '1', '-t', `u/${user}`, '-F', '%x', '-W', '15', ...until]
  const { stdout } = await promisify(execFile)('mosquitto_sub', args)
  return stdout.split('\n').filter((line) => line !== '')
}

const textsOf = (frames: readonly string[]): string[] =>
  frames.flatMap((frame) =>
    decodeDown(Buffer.from(frame, 'hex')).messages.map((message) => message.text ?? ''),
  )

test('G2 a mosquitto_sub with a persistent session gets what it missed, in order', async (context) => {
  needsProgram(context, 'mosquitto_sub', '--help')
  const alice = await use.phone('alice/phone')
  await use.users('bob')
  // -E: leave when the subscription is acknowledged.
  expect(await subscribe('bob', '-E')).toEqual([])
  const live = subscribe('bob', '-C', '1')
  await alice.tell('bob', 'live')
  expect(textsOf(await live)).toEqual(['live'])
  await alice.tellAll(
    'bob',
    Array.from({ length: 25 }, (_, i) => `missed ${i + 1}`),
  )
  // The lane puts several entries into a frame, so the number of frames is not known: ask for the rest one by one.
  const texts: string[] = []
  while (texts.length < 25) texts.push(...textsOf(await subscribe('bob', '-C', '1')))
  expect(texts).toEqual(Array.from({ length: 25 }, (_, i) => `missed ${i + 1}`))
})

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
