import { expect, test } from 'vitest'
import { STATE_BYTES_MAX, WorkerMemory } from '../../../../broker/work/worker-memory.ts'
import type { MailboxStore } from '../../../../broker/mailbox/store.ts'
import { encodeWork, type ChatState } from '../../../../proto/server-codec.ts'
import { WORKER_PACKET_BYTES_MAX } from '../../../../proto/limits.ts'
import { Partition } from '../../../../workers/loop/partition.ts'

const chat = (i: number): Uint8Array => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, i >> 8, i & 255, 9)

/** A store in which every chat has state of this size. */
function memoryOf(stateBytes: number): WorkerMemory {
  const fields = new Map([['head', new Uint8Array(stateBytes)]])
  const states: MailboxStore['states'] = async (_, chats) => chats.map(() => fields)
  return new WorkerMemory({ states } as MailboxStore, 9)
}

/** As many bytes as these take in a Work frame. */
const frameBytes = (states: ChatState[]): number => encodeWork({ batches: [{ states }] }).length

test('states that a worker asks for go in parts, each far below a frame (G8)', async () => {
  const memory = memoryOf(1024 * 1024)
  memory.want(Array.from({ length: 64 }, (_, i) => chat(i)))
  let got = 0
  for (let batches = 0; batches < 64 && got < 64; batches++) {
    while (memory.isWanted) await memory.fetchWanted()
    const states = memory.take()
    got += states.length
    expect(frameBytes(states)).toBeLessThan(WORKER_PACKET_BYTES_MAX / 2)
  }
  expect(got).toBe(64)
})

test('state that is larger than any worker makes it does not stall one: the chat is unreadable, and others go on (G8)', async () => {
  const memory = memoryOf(STATE_BYTES_MAX + 1)
  memory.want([chat(1)])
  await memory.fetchWanted()
  const [state] = memory.take()
  expect(frameBytes([state as ChatState])).toBeLessThan(1_000)
  const partition = new Partition(9, 1, 0, [], [])
  expect(partition.load(chat(1), state?.fields ?? [])).toBe(false)
  expect(partition.isUnreadable(partition.chat(chat(1)))).toBe(true)
})
