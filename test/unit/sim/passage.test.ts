import { expect, test } from 'vitest'
import { Passage, type Role } from '../../sim/world/passage.ts'

const party = (role: Role) => ({ role, isDead: false })
type One = ReturnType<typeof party>

const [phone, broker, worker, other] = [party('app'), party('broker'), party('worker'), party('app')]
const TEXT = 'ann/phone 12'
/** As it stands in a frame: behind its length. */
const says = Buffer.from(`\u0012${String.fromCharCode(TEXT.length)}${TEXT}7`, 'latin1')

/** What is seen of the life of a message, each of which ends a step. */
const LIFE: readonly ((passage: Passage<One>) => void)[] = [
  (passage) => passage.sent(TEXT, 'chat', phone),
  (passage) => {
    passage.sends(phone, broker, says)
    passage.gets(phone, broker, says)
    passage.writes(broker, says)
  },
  (passage) => passage.sends(broker, worker, says),
  (passage) => passage.gets(broker, worker, says),
  (passage) => passage.sends(worker, broker, says),
  (passage) => passage.writes(broker, says),
  (passage) => passage.sends(broker, other, says),
  (passage) => passage.stored(TEXT, other),
  (passage) => passage.gets(other, broker, Buffer.of(0x40, 2, 0, 1)),
  (passage) => passage.gets(broker, worker, Buffer.of(1)),
]

test('a fault counts between the steps where the message is, whoever has it then', () => {
  for (let steps = 1; steps <= LIFE.length; steps++) {
    const passage = new Passage<One>()
    for (const step of LIFE.slice(0, steps)) step(passage)
    const { step, at } = passage.rarest() ?? { step: 0, at: [] }
    expect(step).toBe(steps)
    passage.struck(party('app'))
    passage.struck(at[0] as One)
    expect(passage.cuts).toEqual(Array.from({ length: 10 }, (_, i) => (i === steps - 1 ? 1 : 0)))
  }
})

test('a message that is delivered, and its sender knows, is not on its way any more', () => {
  const passage = new Passage<One>()
  for (const step of LIFE) step(passage)
  passage.numbered(TEXT, 5)
  passage.delivered('chat', 4)
  expect(passage.rarest()).toBeDefined()
  passage.delivered('chat', 5)
  expect(passage.rarest()).toBeUndefined()
})

test('what is sent to a worker again is between the same steps again', () => {
  const passage = new Passage<One>()
  for (const step of LIFE.slice(0, 5)) step(passage)
  const next = party('worker')
  passage.sends(broker, next, says)
  expect(passage.rarest()).toEqual(expect.objectContaining({ step: 3, at: [broker, next] }))
})
