// To be imported before anything else: modules that take a global function when they are loaded take ours.
import { createRequire, syncBuiltinESMExports } from 'node:module'
import type { Duplex } from 'node:stream'

/** What a world has in place of the machine's timers, clocks and chance. */
export interface Machine {
  timer(act: () => void, ms: number, isRepeated: boolean): Timer
  immediate(act: () => void): Pick<Timer, 'clear'>
  /** Unix ms, by the clock of the process that is running. */
  wall(): number
  /** Ms since that process began. */
  uptime(): number
  /** 0 <= x < 1. */
  chance(): number
  /** A connection of the process that is running. */
  connect(host: string, port: number): Duplex
}

export interface Timer {
  clear(): void
  /** Begins to wait anew. */
  refresh(): void
}

const real = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate }
const RealDate = Date
const realUptime = performance.now.bind(performance)

let machine: Machine | undefined

/** From here on all that this thread does is done in that world; undefined: in ours. */
export function enter(world: Machine | undefined): void {
  machine = world
}

/** Resolves when every promise and every tick that was due has had its turn. */
export function settled(): Promise<void> {
  return new Promise((resolve) => real.setImmediate(resolve))
}

/** Carries acts out one after the other, each with all that follows from it at once. */
export async function inTurn(acts: readonly (() => void)[]): Promise<void> {
  for (const act of acts) real.setImmediate(act)
  await settled()
}

/** Ms that have really passed, for how long a run may take. */
export const realNow = realUptime

/** What the product holds of a timer. */
class Handle {
  readonly #timer: Pick<Timer, 'clear'> & Partial<Timer>
  constructor(timer: Pick<Timer, 'clear'> & Partial<Timer>) {
    this.#timer = timer
  }
  clear(): void {
    this.#timer.clear()
  }
  refresh(): this {
    this.#timer.refresh?.()
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
  hasRef(): boolean {
    return true
  }
}

type Callback = (...args: unknown[]) => void

function clear(handle: unknown, clearReal: (handle: never) => void): void {
  if (handle instanceof Handle) handle.clear()
  else clearReal(handle as never)
}

class WorldDate extends RealDate {
  constructor(...args: unknown[]) {
    if (args.length === 0) super(WorldDate.now())
    else super(...(args as [number]))
  }
  static override now(): number {
    return machine === undefined ? RealDate.now() : Math.floor(machine.wall())
  }
}

const random = Math.random.bind(Math)
const chance = (): number => (machine === undefined ? random() : machine.chance())

function filled<Bytes extends NodeJS.ArrayBufferView>(into: Bytes): Bytes {
  const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(chance() * 256)
  return into
}

function uuid(): string {
  const hex = Buffer.from(filled(new Uint8Array(16))).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

Object.assign(globalThis, {
  Date: WorldDate,
  setTimeout: (act: Callback, ms = 0, ...args: unknown[]) =>
    machine === undefined
      ? real.setTimeout(act, ms, ...args)
      : new Handle(machine.timer(() => act(...args), ms, false)),
  setInterval: (act: Callback, ms = 0, ...args: unknown[]) =>
    machine === undefined
      ? real.setInterval(act, ms, ...args)
      : new Handle(machine.timer(() => act(...args), ms, true)),
  setImmediate: (act: Callback, ...args: unknown[]) =>
    machine === undefined
      ? real.setImmediate(act, ...args)
      : new Handle(machine.immediate(() => act(...args))),
  clearTimeout: (handle: unknown) => clear(handle, real.clearTimeout),
  clearInterval: (handle: unknown) => clear(handle, real.clearInterval),
  clearImmediate: (handle: unknown) => clear(handle, real.clearImmediate),
})
performance.now = () => (machine === undefined ? realUptime() : machine.uptime())
Math.random = chance

const web = globalThis.crypto
const webFill = web.getRandomValues.bind(web)
Object.defineProperty(web, 'getRandomValues', {
  value: (into: Uint8Array<ArrayBuffer>) => (machine === undefined ? webFill(into) : filled(into)),
})
const nodeCrypto = createRequire(import.meta.url)('node:crypto') as Record<string, unknown>
const { randomBytes, randomUUID } = nodeCrypto as {
  randomBytes: (size: number) => Buffer
  randomUUID: () => string
}
nodeCrypto['randomBytes'] = (size: number) =>
  machine === undefined ? randomBytes(size) : filled(Buffer.alloc(size))
nodeCrypto['randomUUID'] = () => (machine === undefined ? randomUUID() : uuid())

const nodeTimers = createRequire(import.meta.url)('node:timers/promises') as Record<string, unknown>
const realDelay = nodeTimers['setTimeout'] as (...args: unknown[]) => unknown
nodeTimers['setTimeout'] = (ms = 0, value?: unknown, options?: unknown) => {
  const world = machine
  if (world === undefined) return realDelay(ms, value, options)
  return new Promise((resolve) => world.timer(() => resolve(value), ms as number, false))
}

const nodeNet = createRequire(import.meta.url)('node:net') as Record<string, unknown>
const realConnection = nodeNet['createConnection'] as (...args: unknown[]) => unknown
nodeNet['createConnection'] = (...args: unknown[]) => {
  if (machine === undefined) return realConnection(...args)
  const { host, port } = args[0] as { host: string; port: number }
  return machine.connect(host, port)
}
syncBuiltinESMExports()
