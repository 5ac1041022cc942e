import { afterAll, beforeAll, expect, test } from 'vitest'
import { chatIdOf, type ChatId } from '../../../proto/ids.ts'
import { until } from '../../support/deadline.ts'
import { Phone, type Item } from '../../support/phone.ts'
import { toProtoJson } from '../../support/proto-json.ts'
import { Server } from '../../support/server.ts'
import { vectors } from '../../support/vectors.ts'

type Marks = Record<ChatId, Partial<Record<'delivered' | 'read' | 'ownRead', number>>>
/** By kind; `marks` are the highest receipts so far. */
interface Got {
  [kind: string]: unknown[] | Marks
}
interface Pattern {
  readonly before: string
  readonly byte: number
  readonly times: number
  readonly after: string
}
type Step = { readonly device: string; readonly then: Record<string, Got> } & (
  | { readonly do: 'connect'; readonly sessionPresent: boolean }
  | { readonly do: 'disconnect' | 'silence' | 'acknowledge' }
  | {
      readonly do: 'publish'
      readonly topic: string
      readonly qos: 0 | 1
      readonly payload?: string
      readonly payloadOf?: Pattern
    }
)
const { scenarios } = vectors<{ scenarios: { name: string; says: string; steps: Step[] }[] }>('chats')

const TYPES = {
  messages: 'Message',
  accepted: 'Accepted',
  rejected: 'Rejected',
  typing: 'TypingNotice',
  responses: 'Response',
  gaps: 'Gap',
} as const

/** One device of a scenario, over all its connections. */
class Device {
  readonly #id: string
  #phone: Phone | undefined
  #marks: Marks = {}
  #got: Got = {}
  #read = 0
  readonly #acknowledged = new Set<number>()

  constructor(id: string) {
    this.#id = id
  }

  get phone(): Phone {
    return this.#phone as Phone
  }

  async connect(): Promise<boolean> {
    this.#phone = await Phone.connect(server, this.#id)
    this.#acknowledged.clear()
    this.#read = 0
    return this.#phone.sessionPresent
  }

  acknowledge(): void {
    for (const { packetId, qos } of this.phone.frames())
      if (qos === 1 && !this.#acknowledged.has(packetId)) this.phone.raw.puback(packetId)
    this.phone.raw.acksByItself = true
  }

  silence(): void {
    for (const { packetId } of this.phone.frames()) this.#acknowledged.add(packetId)
    this.phone.raw.acksByItself = false
  }

  /** What came since the last `taken`. */
  get got(): Got {
    const items = this.phone.items()
    for (; this.#read < items.length; this.#read++) {
      const { kind, item } = items[this.#read] as (typeof items)[0]
      if (kind === 'receipts') this.#mark(item as Item<'receipts'>)
      else this.#note(kind, toProtoJson(TYPES[kind], item as object))
    }
    return this.#got
  }

  taken(): void {
    this.#got = {}
  }

  #note(kind: string, json: Record<string, unknown>): void {
    const list = (this.#got[kind] ??= []) as unknown[]
    const { more, ...first } = json as { more?: number; clientSeq?: string; seq?: string }
    for (let i = 0; kind === 'accepted' && i <= (more ?? 0); i++)
      list.push({ clientSeq: `${Number(first.clientSeq) + i}`, seq: `${Number(first.seq) + i}` })
    if (kind !== 'accepted') list.push(withoutTimes(json))
  }

  #mark({ chat, ...marks }: Item<'receipts'>): void {
    const id = chatIdOf(chat)
    const known = (this.#marks[id] ??= {})
    for (const kind of ['delivered', 'read', 'ownRead'] as const)
      if (marks[kind] > (known[kind] ?? 0)) known[kind] = marks[kind]
    this.#got['marks'] = { ...(this.#got['marks'] as Marks), [id]: { ...known } }
  }
}

function withoutTimes(json: unknown): unknown {
  return JSON.parse(
    JSON.stringify(json, (key, value: unknown) =>
      key === 'sentAtS' || key === 'lastAtS' ? undefined : value,
    ),
  ) as unknown
}

// Not useServer: scenarios run side by side, and the end of one must not cut the others.
let server: Server
beforeAll(async () => {
  server = await Server.start()
})
afterAll(() => server.dispose())

function payloadOf({ payload, payloadOf: pattern }: Extract<Step, { do: 'publish' }>): Uint8Array {
  if (pattern === undefined) return Buffer.from(payload ?? '', 'hex')
  const { before, byte, times, after } = pattern
  return Buffer.concat([Buffer.from(before, 'hex'), Buffer.alloc(times, byte), Buffer.from(after, 'hex')])
}

async function take(step: Step, device: Device): Promise<void> {
  switch (step.do) {
    case 'connect':
      expect(await device.connect()).toBe(step.sessionPresent)
      break
    case 'disconnect':
      await device.phone.disconnect()
      break
    case 'silence':
      await device.phone.raw.roundTrip()
      device.silence()
      break
    case 'acknowledge':
      device.acknowledge()
      break
    case 'publish':
      await device.phone.raw.publish({ topic: step.topic, qos: step.qos, payload: payloadOf(step) })
  }
}

/** Whether as much has come as is expected; what it is, is compared then. */
function isThere(got: Got, expected: Got): boolean {
  return Object.entries(expected).every(([kind, value]) => {
    const came = got[kind]
    if (Array.isArray(value)) return ((came as unknown[] | undefined)?.length ?? 0) >= value.length
    return Object.entries(value).every(([chat, marks]) =>
      Object.entries(marks).every(
        ([mark, upTo]) => ((came as Marks)?.[chat as ChatId]?.[mark as 'read'] ?? 0) >= upTo,
      ),
    )
  })
}

test.concurrent.each(scenarios)('the vectors of chats: $name: $says (G3, G4, G6)', async ({ steps }) => {
  const devices = new Map(steps.map(({ device }) => [device, new Device(device)]))
  for (const [n, step] of steps.entries()) {
    const where = `step ${n}: ${step.do} ${step.device}`
    await take(step, devices.get(step.device) as Device)
    for (const [id, expected] of Object.entries(step.then)) {
      const device = devices.get(id) as Device
      const show = (): string => `${where}: ${id} got ${JSON.stringify(device.got)}`
      await until(() => isThere(device.got, expected), 8_000, show, 5)
      expect(device.got, `${where}: ${id}`).toEqual(expected)
      device.taken()
    }
  }
  for (const [id, device] of devices) {
    if (!device.phone.raw.isClosed) await device.phone.raw.roundTrip()
    expect(device.got, `nothing more for ${id}`).toEqual({})
    device.phone.raw.cut()
  }
})
