import { Duplex } from 'node:stream'
import type { Due, Turn } from '../../kit/turn.ts'
import { sourceOf } from './source.ts'

/** A socket below a wire: TCP or WebSocket. */
export interface Transport {
  /** Sends bytes. @returns false if more than the high-water mark waits; `wire.drained` follows. */
  send(bytes: Uint8Array): boolean
  pause(): void
  resume(): void
  /** Sends what waits, says goodbye, throws input away; gone after a second at the latest. Idempotent. */
  end(): void
}

/**
 * Why a wire is not read: before CONNACK; because publishes wait for the store or for their rate; or because its packets
 * wait for their turn or for theirs.
 */
export type HoldReason = 'connecting' | 'backlog' | 'pace'

/**
 * One socket as Aedes sees it. All that is written in one turn of the event loop leaves in one piece: one system
 * call, one TCP segment, one WebSocket message (trap: `ws`'s own stream makes six of one PUBLISH).
 *
 * States: open, held (not read), destroyed. Destroying flushes what was written before, so that a refusing CONNACK
 * arrives.
 */
export class Wire extends Duplex implements Due {
  /** The peer's address, without its port. */
  readonly address: string
  /** What its limits are counted by. */
  readonly source: string
  isDue = false
  /** When something last came, by performance.now. */
  heardAtMs = performance.now()
  readonly #transport: Transport
  readonly #turn: Turn
  #gathered: Uint8Array[] = []
  #gatheredBytes = 0
  #isFull = false
  #hasWritten = false
  readonly #holds = new Set<HoldReason>()
  #unread: (Buffer | null)[] = []
  #whenDrained: (() => void)[] = []

  /** @param turn what all wires of a process are flushed at the end of: when the sockets that were readable have been read */
  constructor(transport: Transport, address: string, turn: Turn) {
    super({ readableHighWaterMark: 64 * 1024, writableHighWaterMark: 64 * 1024 })
    this.#turn = turn
    this.#transport = transport
    this.address = address
    this.source = sourceOf(address)
  }

  /**
   * Queues bytes behind everything written before; they must not be changed after.
   * @returns false if the socket is above its high-water mark: wait for `onceDrained`
   */
  queue(bytes: Uint8Array): boolean {
    if (this.destroyed) return true
    this.#turn.add(this)
    this.#hasWritten = true
    this.#gathered.push(bytes)
    this.#gatheredBytes += bytes.length
    return !this.#isFull && this.#gatheredBytes < this.writableHighWaterMark
  }

  /** Whether anything was ever written: the first packet is CONNACK. */
  get hasWritten(): boolean {
    return this.#hasWritten
  }

  /** Sends what was gathered. The end of the turn calls it. */
  flush(): void {
    if (this.#gathered.length === 0) return
    const bytes =
      this.#gathered.length === 1
        ? (this.#gathered[0] as Uint8Array)
        : Buffer.concat(this.#gathered, this.#gatheredBytes)
    this.#gathered = []
    this.#gatheredBytes = 0
    if (this.#transport.send(bytes)) {
      if (!this.#isFull) this.#callDrained()
    } else this.#isFull = true
  }

  /** A socket that cannot be written to ends alone. */
  broken(): void {
    this.destroy()
  }

  /** The transport has sent what waited. */
  drained(): void {
    this.#isFull = false
    if (this.#gathered.length === 0) this.#callDrained()
  }

  /** Calls back once: when the socket has drained, or is gone. */
  onceDrained(callback: () => void): void {
    if (this.destroyed || (!this.#isFull && this.#gathered.length === 0)) process.nextTick(callback)
    else this.#whenDrained.push(callback)
  }

  #callDrained(): void {
    if (this.#whenDrained.length === 0) return
    const callbacks = this.#whenDrained
    this.#whenDrained = []
    for (const callback of callbacks) callback()
  }

  /** Bytes from the transport; null at its end. */
  receive(chunk: Buffer | null): void {
    if (this.destroyed) return
    this.heardAtMs = performance.now()
    if (this.#holds.size > 0) this.#unread.push(chunk)
    else if (!this.push(chunk) && chunk) this.#transport.pause()
  }

  /** Stops reading until `release`. What the reader above has been given already stays given. */
  hold(reason: HoldReason): void {
    if (this.#holds.size === 0) this.#transport.pause()
    this.#holds.add(reason)
  }

  release(reason: HoldReason): void {
    if (!this.#holds.delete(reason) || this.#holds.size > 0 || this.destroyed) return
    const unread = this.#unread
    this.#unread = []
    let wantsMore = true
    for (const chunk of unread) wantsMore = this.push(chunk)
    if (wantsMore) this.#transport.resume()
  }

  override _read(): void {
    if (this.#holds.size === 0) this.#transport.resume()
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    if (this.queue(chunk)) done()
    else this.onceDrained(done)
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    let isBelowMark = true
    for (const { chunk } of chunks) isBelowMark = this.queue(chunk)
    if (isBelowMark) done()
    else this.onceDrained(done)
  }

  override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
    this.flush()
    this.#unread = []
    this.#transport.end()
    this.#callDrained()
    done()
  }
}
