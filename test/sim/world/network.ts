import { Duplex } from 'node:stream'
import { crc32 } from 'node:zlib'
import { Turn } from '../../../kit/turn.ts'
import { Wire, type Transport } from '../../../broker/listeners/wire.ts'
import type { Process, World } from './world.ts'

/** How long a socket that nobody closes may take to say its goodbye, as at a real one. */
const GOODBYE_MS = 1_000

/** What one side of a connection is told. */
interface Ear {
  bytes(chunk: Buffer): void
  /** Nothing comes any more. */
  closed(): void
}

/** One side of a connection. */
export class Socket {
  readonly process: Process
  readonly #link: Link
  readonly #forget: () => void
  ear: Ear | undefined
  isClosed = false

  constructor(process: Process, link: Link) {
    this.process = process
    this.#link = link
    this.#forget = process.onceDead(() => {
      if (!this.isClosed) link.abandoned(this)
    })
  }

  send(bytes: Uint8Array): void {
    if (!this.isClosed) this.#link.carry(this, Buffer.from(bytes))
  }

  /** What was sent arrives before. */
  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.#forget()
    this.#link.closing(this)
  }
}

/** A connection between two processes: bytes go in order, take their time, and may cease to go at all. */
export class Link {
  readonly #world: World
  readonly #network: Network
  readonly near: Socket
  readonly far: Socket
  /** When the last bytes to each side arrive: later ones do not overtake them. */
  readonly #lastAtMs = new Map<Socket, number>()
  /** Bytes to these sides are lost, and nobody is told. */
  readonly #deaf = new Set<Socket>()
  #stuckUntilMs = 0

  constructor(world: World, network: Network, near: Process, far: Process) {
    this.#world = world
    this.#network = network
    this.near = new Socket(near, this)
    this.far = new Socket(far, this)
  }

  /** Both sides know. One that is deaf does not until it hears again, or says goodbye itself. */
  get isOver(): boolean {
    return this.near.isClosed && this.far.isClosed
  }

  /** One of them hears nothing, and does not know. */
  get isHalfOpen(): boolean {
    return this.#deaf.size > 0
  }

  #other(socket: Socket): Socket {
    return socket === this.near ? this.far : this.near
  }

  #at(to: Socket): number {
    const atMs = Math.max(
      this.#world.nowMs + this.#network.latencyMs(),
      this.#lastAtMs.get(to) ?? 0,
      this.#stuckUntilMs,
    )
    this.#lastAtMs.set(to, atMs)
    return atMs - this.#world.nowMs
  }

  carry(from: Socket, bytes: Buffer): void {
    const to = this.#other(from)
    if (this.#deaf.has(to)) return
    const { passage } = this.#world
    passage.sends(from.process, to.process, bytes)
    const what = `gets ${bytes.length} bytes ${crc32(bytes).toString(16)} of ${from.process.name}`
    this.#world.after(this.#at(to), to.process, what, () => {
      if (to.isClosed || this.#deaf.has(to)) return
      passage.gets(from.process, to.process, bytes)
      to.ear?.bytes(bytes)
    })
  }

  /** One side has closed: the other hears of it behind all that was sent. */
  closing(from: Socket): void {
    this.#tell(this.#other(from), `is left by ${from.process.name}`)
    // The side that closed sees it happen when the other one has answered, or gives up waiting.
    this.#world.after(GOODBYE_MS, from.process, 'has closed', () => from.ear?.closed())
  }

  /** A process ended: its machine says so for it, unless that is gone as well. */
  abandoned(from: Socket): void {
    from.isClosed = true
    const to = this.#other(from)
    if (!this.#network.isSilent) this.#tell(to, `loses ${from.process.name}`)
    else this.#deaf.add(to)
  }

  #tell(to: Socket, what: string): void {
    if (this.#deaf.has(to)) return
    this.#world.after(this.#at(to), to.process, what, () => {
      if (to.isClosed || this.#deaf.has(to)) return
      to.isClosed = true
      to.ear?.closed()
    })
  }

  /** Both sides lose it, and what is on its way. */
  cut(): void {
    this.#strike()
    for (const socket of [this.near, this.far]) {
      this.#lastAtMs.delete(socket)
      if (!socket.isClosed) this.#tell(socket, 'is cut off')
    }
  }

  /** The same, also of one that was half open. */
  reset(): void {
    this.#deaf.clear()
    this.cut()
  }

  /** Nothing gets through any more, to one side or both, and nobody is told. */
  deafen(which: 'near' | 'far' | 'both'): void {
    this.#strike()
    if (which !== 'far') this.#deaf.add(this.near)
    if (which !== 'near') this.#deaf.add(this.far)
  }

  /** Nothing arrives for so long; then all of it. */
  stick(ms: number): void {
    this.#strike()
    this.#stuckUntilMs = this.#world.nowMs + ms
  }

  #strike(): void {
    this.#world.passage.struck(this.near.process, this.far.process)
  }
}

/** Where devices and workers connect to: a balancer in front of all brokers. */
const BROKERS = 'brokers'

interface Listener {
  readonly process: Process
  readonly accept: (socket: Socket, from: string) => void
}

/** Where connections can be made to, and all that there are. */
export class Network {
  readonly #world: World
  #links: Link[] = []
  readonly #listeners = new Map<string, Listener[]>()
  /** Processes that end now say nothing: their machine has lost its power. */
  isSilent = false
  /** Bounds of what bytes take at present. */
  latency: readonly [from: number, to: number] = [0.2, 30]

  constructor(world: World) {
    this.#world = world
    world.dial = (from, address) => this.dial(from, address)
  }

  latencyMs(): number {
    const [from, to] = this.latency
    const dice = this.#world.random.next()
    return from + (to - from) * dice * dice
  }

  get links(): readonly Link[] {
    this.#links = this.#links.filter(({ isOver }) => !isOver)
    return this.#links
  }

  /** Others may listen at the same address: whoever connects gets to one of those that live. */
  listen(address: string, process: Process, accept: (socket: Socket, from: string) => void): void {
    const others = this.#listening(address)
    this.#listeners.set(address, [...others, { process, accept }])
  }

  /** A broker takes connections. */
  listenForMqtt(process: Process, accept: (wire: Wire) => void): void {
    const turn = new Turn((error) => this.#world.threw(error))
    this.listen(BROKERS, process, (socket, from) => accept(wireOf(socket, from, turn)))
  }

  /** A connection to who listens; it ends at once if nobody does. */
  dial(from: Process, address = BROKERS): Duplex {
    const all = this.#listening(address)
    const listener = all.length > 1 ? this.#world.random.pick(all) : all[0]
    const link = new Link(this.#world, this, from, listener?.process ?? this.#world.nobody)
    const stream = new SocketStream(link.near)
    if (listener !== undefined) {
      this.#links.push(link)
      // Bytes go behind it: they are carried in order.
      this.#world.after(0, link.far.process, `is called by ${from.name}`, () =>
        listener.accept(link.far, from.name),
      )
    } else link.cut()
    return stream
  }

  #listening(address: string): Listener[] {
    return (this.#listeners.get(address) ?? []).filter(({ process }) => !process.isDead)
  }
}

/** A socket as clients see it. */
class SocketStream extends Duplex {
  readonly #socket: Socket

  constructor(socket: Socket) {
    super()
    this.#socket = socket
    socket.ear = {
      bytes: (chunk) => {
        if (!this.destroyed) this.push(chunk)
      },
      closed: () => {
        if (this.destroyed) return
        this.push(null)
        this.destroy()
      },
    }
  }

  // Of a socket's settings none makes a difference here.
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#socket.send(chunk)
    done()
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#socket.send(Buffer.concat(chunks.map(({ chunk }) => chunk)))
    done()
  }

  override _final(done: () => void): void {
    this.#socket.close()
    done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.close()
    done(error)
  }
}

function wireOf(socket: Socket, address: string, turn: Turn): Wire {
  const wire: Wire = new Wire(new SocketTransport(socket), address, turn)
  socket.ear = {
    bytes: (chunk) => wire.receive(chunk),
    closed: () => {
      wire.receive(null)
      wire.destroy()
    },
  }
  return wire
}

class SocketTransport implements Transport {
  readonly #socket: Socket
  constructor(socket: Socket) {
    this.#socket = socket
  }
  send(bytes: Uint8Array): boolean {
    this.#socket.send(bytes)
    return true
  }
  pause(): void {}
  resume(): void {}
  end(): void {
    this.#socket.close()
  }
}
