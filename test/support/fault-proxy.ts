import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/**
 * A TCP proxy that makes a line bad. The modes can be changed at any time and apply to open lines as well:
 *
 * - delay: each chunk is handed on `delayMs` later, in order
 * - bandwidth: at most `bytesPerS` in each direction
 * - freeze: neither direction is read: the kernel's buffers fill up, the peer notices nothing
 * - half-open: bytes are read and thrown away; neither side is told
 * - refuse: new lines are closed at once
 * - cut: every open line is reset
 */
export class FaultProxy {
  readonly #server: Server
  readonly #lines = new Set<Line>()
  readonly #target: { readonly port: number; readonly host: string }
  delayMs = 0
  bytesPerS = Number.POSITIVE_INFINITY
  refuses = false
  /** Called for each new line: what it returns is given all bytes that come from the target. */
  watch: (() => (chunk: Buffer) => void) | undefined
  #frozen = false
  #halfOpen = false

  private constructor(target: { port: number; host: string }) {
    this.#target = target
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => this.#open(near))
  }

  static async start(target: { port: number; host?: string }, port = 0): Promise<FaultProxy> {
    const proxy = new FaultProxy({ port: target.port, host: target.host ?? '127.0.0.1' })
    await new Promise<void>((resolve, reject) =>
      proxy.#server.once('error', reject).listen(port, '127.0.0.1', resolve),
    )
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }
  get lines(): number {
    return this.#lines.size
  }

  #open(near: Socket): void {
    near.on('error', () => undefined)
    if (this.refuses) {
      near.resetAndDestroy()
      return
    }
    const far = connect({ ...this.#target, allowHalfOpen: true, noDelay: true })
    far.on('error', () => undefined)
    const line: Line = { near, far }
    this.#lines.add(line)
    const drop = (): void => {
      if (this.#halfOpen) return
      this.#lines.delete(line)
      near.destroy()
      far.destroy()
    }
    near.on('close', drop)
    far.on('close', drop)
    this.#pipe(near, far)
    this.#pipe(far, near)
    if (this.watch) far.on('data', this.watch())
    if (this.#frozen) pause(line)
  }

  #pipe(from: Socket, to: Socket): void {
    let freeAtMs = 0
    let inOrder: Promise<void> = Promise.resolve()
    from.on('data', (chunk: Buffer) => {
      if (this.#halfOpen) return
      const now = Date.now()
      const sendingMs = (chunk.length / this.bytesPerS) * 1000
      freeAtMs = Math.max(freeAtMs, now) + sendingMs
      const dueMs = freeAtMs - now + this.delayMs
      // A narrow line holds its sender back; a long one does not.
      if (sendingMs > 0) from.pause()
      const due = dueMs > 0 ? new Promise<void>((resolve) => setTimeout(resolve, dueMs)) : undefined
      inOrder = inOrder.then(async () => {
        await due
        await this.#hand(chunk, from, to)
        if (sendingMs > 0 && !this.#frozen) from.resume()
      })
    })
    from.on('end', () => {
      void inOrder.then(() => {
        if (!this.#halfOpen) to.end()
      })
    })
  }

  async #hand(chunk: Buffer, from: Socket, to: Socket): Promise<void> {
    if (to.destroyed || !to.writable || to.write(chunk)) return
    from.pause()
    await new Promise<void>((resolve) => to.once('drain', resolve).once('close', resolve))
    if (!this.#frozen) from.resume()
  }

  freeze(): void {
    this.#frozen = true
    for (const line of this.#lines) pause(line)
  }
  thaw(): void {
    this.#frozen = false
    for (const line of this.#lines) {
      line.near.resume()
      line.far.resume()
    }
  }

  halfOpen(): void {
    this.#halfOpen = true
  }

  /** @returns how many lines were reset. */
  cut(): number {
    const lines = [...this.#lines]
    this.#halfOpen = false
    this.#lines.clear()
    for (const line of lines) {
      line.near.resetAndDestroy()
      line.far.resetAndDestroy()
    }
    return lines.length
  }

  async stop(): Promise<void> {
    // Not by a reset: of a socket whose other end has just died it fails, and Node leaves the socket's handle open.
    for (const { near, far } of this.#lines) {
      near.destroy()
      far.destroy()
    }
    this.#lines.clear()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}

interface Line {
  readonly near: Socket
  readonly far: Socket
}

function pause(line: Line): void {
  line.near.pause()
  line.far.pause()
}
