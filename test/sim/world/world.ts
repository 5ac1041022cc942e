import { createHash } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { Random } from '../../support/random.ts'
import { Agenda, type Due } from './agenda.ts'
import { enter, inTurn, settled, type Machine, type Timer } from './globals.ts'
import { Passage, type Role } from './passage.ts'

/** When a world begins, Unix ms: 1 January 2026. */
const BEGINNING_MS = 1_767_225_600_000

/** Characters of the trace: a digest costs by the call. */
const HASHED_AT_ONCE = 16_384

function roleOf(name: string): Role {
  return (['broker', 'worker', 'redis'] as const).find((role) => name.startsWith(role)) ?? 'app'
}

/** A program that runs somewhere in the world. All that it does it does in answer to something that happens to it. */
export class Process {
  readonly name: string
  readonly role: Role
  readonly #world: World
  readonly #bornAtMs: number
  readonly #whenDead = new Set<() => void>()
  isDead = false
  /** What is to happen to it when it is not frozen any more. */
  readonly held: { readonly what: string; readonly act: () => void; readonly isOff: boolean }[] = []
  /** By the world's time: nothing happens to it before. */
  frozenUntilMs = 0
  /** What its wall clock is ahead of the right time. */
  clockAheadMs = 0
  /** And by how much that grows, s a second. */
  clockDrift = 0

  constructor(name: string, world: World) {
    this.name = name
    this.role = roleOf(name)
    this.#world = world
    this.#bornAtMs = world.nowMs
  }

  get uptimeMs(): number {
    return this.#world.nowMs - this.#bornAtMs
  }

  get wallMs(): number {
    return BEGINNING_MS + this.#world.nowMs + this.clockAheadMs + this.clockDrift * this.uptimeMs
  }

  freeze(ms: number): void {
    this.#world.passage.struck(this)
    this.frozenUntilMs = Math.max(this.frozenUntilMs, this.#world.nowMs + ms)
  }

  /** A fault ends it, at once and without a word. */
  kill(): void {
    this.#world.passage.struck(this)
    this.end()
  }

  /** It is no more. */
  end(): void {
    this.isDead = true
    const acts = [...this.#whenDead]
    this.#whenDead.clear()
    for (const act of acts) act()
  }

  /** @returns what to call when nobody need be told any more */
  onceDead(act: () => void): () => void {
    this.#whenDead.add(act)
    return () => this.#whenDead.delete(act)
  }
}

interface Happening extends Due {
  readonly process: Process
  readonly what: string
  readonly act: () => void
  isOff: boolean
}

/**
 * One thread in which many processes live: a clock that goes from one thing that happens to the next, and one source of
 * chance. Between two of them every promise has had its turn, so that whatever is done meanwhile is done by the process to
 * which the first one happened.
 */
export class World implements Machine {
  readonly random: Random
  /** How far messages are. */
  readonly passage = new Passage<Process>()
  readonly #agenda = new Agenda<Happening>()
  readonly #trace = createHash('sha256')
  /** Of the trace, and not in its digest yet. */
  #lines = ''
  readonly #listener: ((line: string) => void) | undefined
  /** Who does what is not part of any process: faults, the end. */
  readonly nobody: Process
  #running: Process
  #immediates: { process: Process; act: () => void; isOff: boolean }[] = []
  #order = 0
  nowMs = 0
  /** How processes reach an address: the network's. */
  dial: ((from: Process, address: string) => Duplex) | undefined
  /** What nobody caught: mistakes of whoever was running. */
  readonly uncaught: string[] = []
  /** How much has happened. */
  steps = 0

  /** @param listener told every line of the trace */
  constructor(seed: number, listener?: (line: string) => void) {
    this.random = new Random(seed)
    this.#listener = listener
    this.nobody = new Process('nobody', this)
    this.#running = this.nobody
  }

  get running(): Process {
    return this.#running
  }

  get traceDigest(): string {
    this.#hash()
    return this.#trace.copy().digest('hex').slice(0, 16)
  }

  /** Something happens to a process, unless it is dead by then. */
  after(ms: number, process: Process, what: string, act: () => void): Pick<Timer, 'clear'> {
    const happening: Happening = {
      atMs: this.nowMs + Math.max(0, ms),
      order: this.#order++,
      process,
      what,
      act,
      isOff: false,
    }
    this.#agenda.add(happening)
    return { clear: () => (happening.isOff = true) }
  }

  /** A promise that a process can wait for; never kept if the process is dead by then. */
  pause(ms: number, process: Process = this.#running, what = 'pause'): Promise<void> {
    return new Promise((resolve) => this.after(ms, process, what, resolve))
  }

  timer(act: () => void, ms: number, isRepeated: boolean): Timer {
    const process = this.#running
    const everyMs = Math.max(1, Number.isFinite(ms) ? Math.trunc(ms) : 1)
    const set = (): Pick<Timer, 'clear'> =>
      this.after(everyMs, process, 'timer', () => {
        if (isRepeated) current = set()
        act()
      })
    let current = set()
    return {
      clear: () => current.clear(),
      refresh: () => {
        current.clear()
        current = set()
      },
    }
  }

  immediate(act: () => void): Pick<Timer, 'clear'> {
    const due = { process: this.#running, act, isOff: false }
    this.#immediates.push(due)
    return { clear: () => (due.isOff = true) }
  }

  wall(): number {
    return this.#running.wallMs
  }
  uptime(): number {
    return this.#running.uptimeMs
  }
  chance(): number {
    return this.random.next()
  }
  connect(host: string, port: number): Duplex {
    if (this.dial === undefined) throw new Error('there is no network')
    return this.dial(this.#running, `${host}:${port}`)
  }

  /** A line of the trace: what happened, byte for byte the same for the same seed. */
  note(what: string): void {
    const line = `${this.nowMs.toFixed(3)} ${what}`
    this.#lines += `${line}\n`
    if (this.#lines.length > HASHED_AT_ONCE) this.#hash()
    this.#listener?.(line)
  }

  #hash(): void {
    this.#trace.update(this.#lines)
    this.#lines = ''
  }

  /** Somebody threw, and nobody caught it. */
  threw(error: unknown): void {
    if (this.#running.isDead) return
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.uncaught.push(`${this.#running.name}: ${what}`)
  }

  #carryOut(act: () => void): void {
    try {
      act()
    } catch (error) {
      this.threw(error)
    }
  }

  /** Lets time pass until there is nothing to come, it is over or `isOver`. The thread is in this world meanwhile. */
  async run(untilMs: number, isOver: () => boolean = () => false): Promise<void> {
    enter(this)
    try {
      while (!isOver()) {
        const next = this.#agenda.next
        if (next === undefined || next.atMs > untilMs) {
          this.nowMs = Math.max(this.nowMs, untilMs)
          return
        }
        this.#agenda.take()
        if (next.isOff || next.process.isDead) continue
        this.nowMs = Math.max(this.nowMs, next.atMs)
        await this.#happen(next)
      }
    } finally {
      enter(undefined)
    }
  }

  /** What happened to a process while it was frozen happens to it then, in its order. */
  #thawInTime(process: Process): void {
    this.after(process.frozenUntilMs - this.nowMs, this.nobody, `thaws ${process.name}`, () => {
      if (process.frozenUntilMs > this.nowMs) return this.#thawInTime(process)
      for (const { what, act, isOff } of process.held.splice(0)) if (!isOff) this.after(0, process, what, act)
    })
  }

  async #happen(happening: Happening): Promise<void> {
    const { process, what, act } = happening
    if (process.frozenUntilMs > this.nowMs || process.held.length > 0) {
      if (process.held.push(happening) === 1) this.#thawInTime(process)
      return
    }
    this.steps++
    this.#running = process
    this.note(`${process.name} ${what}`)
    this.#carryOut(act)
    await settled()
    while (this.#immediates.length > 0) {
      // Those of a process that ended just now have their turn as well: modules have some for all that use them.
      const due = this.#immediates
      this.#immediates = []
      await inTurn(
        due.map((one) => () => {
          this.#running = one.process
          if (!one.isOff) this.#carryOut(one.act)
        }),
      )
    }
    this.#running = this.nobody
  }
}
