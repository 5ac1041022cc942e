import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { encodeUp } from '../../proto/codec.ts'
import { chatBytesOf, directChatId, type UserId } from '../../proto/ids.ts'
import { encodeEnvelope, encodeFanout, encodeWork } from '../../proto/server-codec.ts'
import { Allowance } from '../../workers/loop/allowance.ts'
import type { Directory } from '../../workers/directory/directory.ts'
import { FactSource } from '../../workers/loop/facts.ts'
import { KnownUsers } from '../../workers/loop/known-users.ts'
import { WorkLoop } from '../../workers/loop/work-loop.ts'
import { WorkerMetrics } from '../../workers/metrics.ts'

/**
 * The worker's share of a tick, alone: Work frames of 20 direct chats, in each 10 messages of 100 bytes and the
 * delivered mark of the 10 before, decoded, applied and encoded to Fanouts in one thread. Prints one JSON line.
 */
const PAIRS = 20
const WINDOW = Number(process.argv[3] ?? 10)
const TEXT = 'x'.repeat(100)
const WARM_UP_FRAMES = 2_000
const ROUND_FRAMES = 200
const SECONDS = Number(process.argv[2] ?? 4)

interface Pair {
  readonly from: string
  readonly to: string
  readonly chat: Uint8Array
  readonly partition: number
  position: number
  clientSeq: number
}

const away: Directory = {
  isAway: true,
  existing: () => Promise.reject(new Error('away')),
  insertUsers: () => Promise.resolve(new Map()),
  chatPages: () => Promise.reject(new Error('away')),
  saveChats: () => Promise.reject(new Error('away')),
  reached: () => Promise.resolve(new Map()),
  begun: () => Promise.resolve(new Map()),
  chatCopies: () => Promise.resolve({ copies: [], omitted: [] }),
}

const known = new KnownUsers(1_000)
const loop = new WorkLoop({
  facts: new FactSource(
    away,
    known,
    new Allowance({
      recipientsPerMinMax: 1e12,
      recipientBytesPerSMax: 1e12,
      recipientsBurstS: 1,
      chatsPerDayMax: 1e12,
    }),
    1_024,
  ),
  metrics: new WorkerMetrics(),
  log: pino({ level: 'silent' }),
  cachedFieldsMax: 1_000_000,
  canCopy: () => false,
})
const pairs = Array.from({ length: PAIRS }, (_, i) => makePair(i))

function makePair(i: number): Pair {
  for (;;) {
    const suffix = randomBytes(4).toString('hex')
    const from = `sender-${suffix}` as UserId
    const to = `receiver-${suffix}` as UserId
    const chat = chatBytesOf(directChatId(from, to))
    // One chat for each partition, so that each has a batch of its own.
    if ((chat[9] as number) % PAIRS !== i) continue
    known.add(from)
    known.add(to)
    return { from, to, chat, partition: chat[9] as number, position: 0, clientSeq: 1_700_000_000_000 }
  }
}

function frame(): Uint8Array {
  const atMs = 1_760_000_000_000
  return encodeWork({
    batches: pairs.map((pair) => {
      const entries: Uint8Array[] = []
      if (pair.position > 0)
        entries.push(
          encodeEnvelope({
            atMs,
            chat: pair.chat,
            delivered: { marks: [{ user: pair.to, upTo: pair.clientSeq - 1_700_000_000_000 }] },
          }),
        )
      for (let i = 0; i < WINDOW; i++) {
        const clientSeq = ++pair.clientSeq
        const up = encodeUp({
          message: { clientSeq, text: TEXT, peer: clientSeq % 1_000 === 1 ? pair.to : '' },
        })
        entries.push(encodeEnvelope({ user: pair.from, device: 'phone', atMs, chat: pair.chat, up }))
      }
      const from = pair.position
      pair.position += entries.length
      const states = from === 0 ? [{ chat: pair.chat }] : []
      return { partition: pair.partition, epoch: 1, from, entries, states }
    }),
  })
}

let cpuUs = 0
let frames = 0
let bytes = 0
await carryOut(WARM_UP_FRAMES)
cpuUs = frames = bytes = 0
for (const endAtMs = Date.now() + SECONDS * 1_000; Date.now() < endAtMs; ) await carryOut(ROUND_FRAMES)

/** Processor time is counted, not the clock's: other programs may run beside. */
async function carryOut(count: number): Promise<void> {
  const works = Array.from({ length: count }, frame)
  const before = process.cpuUsage()
  for (const work of works) {
    const result = await loop.handle(work)
    if (result === undefined) throw new Error('no Fanout')
    bytes += encodeFanout(result.finish()).length
  }
  const { user, system } = process.cpuUsage(before)
  cpuUs += user + system
  frames += count
}

const ticks = frames * PAIRS * WINDOW
const usPerTick = cpuUs / ticks
console.log(
  JSON.stringify({
    scenario: 'worker-step',
    pairs: PAIRS,
    window: WINDOW,
    cpu_us_per_tick: Number(usPerTick.toFixed(2)),
    ticks_per_s: Math.round(1e6 / usPerTick),
    fanout_bytes_per_tick: Math.round(bytes / ticks),
  }),
)
