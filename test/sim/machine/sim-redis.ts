import { RedisModel } from '../redis/redis-model.ts'
import type { Network, Socket } from '../world/network.ts'
import { Process, type World } from '../world/world.ts'

/** A machine with a Redis server on it. */
export class SimRedis {
  readonly model: RedisModel
  readonly address: string
  readonly #world: World
  readonly #network: Network
  process: Process
  #lives = 0
  /** How much slower than usual its disk is. */
  slowness = 1
  /** How many frames of a hundred that nodes send each other are lost. */
  losing = 0

  constructor(world: World, network: Network, address: string) {
    this.#world = world
    this.#network = network
    this.address = address
    this.process = world.nobody
    this.model = new RedisModel({
      wallMs: () => this.process.wallMs,
      chance: () => world.random.next(),
      flush: (done) => {
        const ms = (0.05 + 4 * world.random.next() ** 4) * this.slowness
        world.after(ms, this.process, 'flushes', done)
      },
      losesFrame: () => world.random.next() * 100 < this.losing,
    })
  }

  start(): void {
    const process = new Process(`redis-${++this.#lives}`, this.#world)
    process.clockAheadMs = this.process.clockAheadMs
    this.process = process
    this.#network.listen(this.address, process, (socket) => this.#accept(socket))
  }

  /** The server ends: what was written and not flushed is there afterwards, or not. */
  kill(): void {
    this.process.kill()
    this.model.restart()
  }

  /** A replica that had got nothing of the last `behindMs` takes its place. */
  failOver(behindMs: number): void {
    this.process.kill()
    this.model.failOver(behindMs)
  }

  #accept(socket: Socket): void {
    const session = this.model.connected({ send: (bytes) => socket.send(bytes) })
    socket.ear = {
      bytes: (chunk) => session.bytes(chunk),
      closed: () => {
        session.closed()
        socket.close()
      },
    }
  }
}
