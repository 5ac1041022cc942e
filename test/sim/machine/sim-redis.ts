import { RedisModel, type RedisPeer } from '../redis/redis-model.ts'
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

  /** The connections of those who listen to what others publish. */
  readonly #sockets = new Map<RedisPeer, Socket>()

  /** Its replica lags behind. */
  readonly isBehind: boolean
  /** When it lost something, last, by the world's time. */
  setBackAtMs: number | undefined

  /** @param isCluster it is the only master of one */
  constructor(world: World, network: Network, address: string, isCluster: boolean, isBehind: boolean) {
    this.#world = world
    this.#network = network
    this.address = address
    this.isBehind = isBehind
    this.process = world.nobody
    const [host = '', port] = address.split(':')
    this.model = new RedisModel({
      ...(isCluster && { clusterAt: { host, port: Number(port) } }),
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
    this.#sockets.clear()
    this.model.restart()
  }

  /** A replica that had got nothing of the last `behindMs` takes its place. */
  failOver(behindMs: number): void {
    this.process.kill()
    this.#sockets.clear()
    if (behindMs > 0) this.setBackAtMs = this.#world.nowMs
    this.model.failOver(behindMs)
  }

  /** What it published to them was too much for it: it ends the connections of all who listen. */
  dropListeners(): void {
    for (const peer of this.model.subscribers) this.#sockets.get(peer)?.close()
  }

  #accept(socket: Socket): void {
    const peer: RedisPeer = { send: (bytes) => socket.send(bytes) }
    const session = this.model.connected(peer)
    this.#sockets.set(peer, socket)
    socket.ear = {
      bytes: (chunk) => session.bytes(chunk),
      closed: () => {
        this.#sockets.delete(peer)
        session.closed()
        socket.close()
      },
    }
  }
}
