// Is every send stored exactly once or told, whatever has used its number before?
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { connect, durableStore, memoryStore, type Client, type LocalStore } from '../../../clients/index.ts'
import { until } from '../../support/deadline.ts'
import { useServer } from '../../support/use-server.ts'

const running = useServer()

let pairs = 0
/** alice sends, one life after the other; what bob gets is in `seen`. */
async function pair() {
  const [alice, bob] = [`alice${++pairs}`, `bob${pairs}`]
  const tokens = new Map([
    [alice, await running.token(alice)],
    [bob, await running.token(bob)],
  ])
  const seen: string[] = []
  const receiver = await open(bob, memoryStore())
  receiver.on('message', ({ text }) => seen.push(text ?? ''))
  async function open(user: string, store: LocalStore): Promise<Client> {
    const token = tokens.get(user) ?? ''
    const url = `mqtt://127.0.0.1:${running.server.port}`
    const client = await connect({ url, token, device: 'phone', store, backoff: () => 20 })
    onTestFinished(() => client.close({ drainMs: 0 }))
    return client
  }
  /** One process of alice's: it sends these and ends. @returns the seqs that it was told */
  async function life(store: LocalStore, ...texts: string[]): Promise<number[]> {
    const client = await open(alice, store)
    const sents = await Promise.all(texts.map((text) => client.direct(bob).send({ text })))
    const seqs = await Promise.all(sents.map((sent) => sent.accepted))
    await client.close()
    return seqs
  }
  return { seen, life }
}

test('G4: a phone that is restored from a backup gets all through that it sends from then on', async () => {
  const { seen, life } = await pair()
  const home = mkdtempSync(join(tmpdir(), 'restante-numbers-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  await life(durableStore(join(home, 'phone')), 'before')
  cpSync(join(home, 'phone'), join(home, 'backup'), { recursive: true })
  expect(await life(durableStore(join(home, 'phone')), 'a', 'b', 'c')).toEqual([2, 3, 4])
  rmSync(join(home, 'phone'), { recursive: true })
  cpSync(join(home, 'backup'), join(home, 'phone'), { recursive: true })
  expect(await life(durableStore(join(home, 'phone')), 'd', 'e', 'f')).toEqual([5, 6, 7])
  await until(
    () => seen.length === 7,
    10_000,
    () => `7 messages, ${seen.length} came`,
  )
  expect(seen).toEqual(['before', 'a', 'b', 'c', 'd', 'e', 'f'])
})

test('G4: programs of one device that start in the same millisecond, without a store, get all through', async () => {
  const { seen, life } = await pair()
  const nowMs = Date.now()
  const clock = vi.spyOn(Date, 'now').mockReturnValue(nowMs)
  onTestFinished(() => clock.mockRestore())
  const texts = Array.from({ length: 10 }, (_, n) => `${n}`)
  for (const text of texts) await life(memoryStore(), text)
  await until(
    () => seen.length >= 10,
    10_000,
    () => `10 messages, ${seen.length} came`,
  )
  expect(seen).toEqual(texts)
})

test('G4: a clock that stands behind the token’s time, and no luck at all: the same numbers again, all get through', async () => {
  const { seen, life } = await pair()
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2020, 0, 1))
  const dice = vi.spyOn(crypto, 'getRandomValues').mockImplementation((values) => values)
  onTestFinished(() => [clock, dice].forEach((mock) => mock.mockRestore()))
  expect(await life(memoryStore(), 'a', 'b', 'c')).toEqual([1, 2, 3])
  expect(await life(memoryStore(), 'd', 'e')).toEqual([4, 5])
  // What was published behind a number that had to be changed may be accepted before it.
  await life(memoryStore(), 'f', 'g', 'h', 'i')
  await until(
    () => seen.length >= 9,
    10_000,
    () => `9 messages, ${seen.length} came`,
  )
  expect(seen.toSorted().join('')).toBe('abcdefghi')
})
