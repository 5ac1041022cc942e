import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

import { ipv4Body, proxyV2 } from '../support/proxy-headers.ts'

/** Layer 4, in turns, to whoever takes the connection: what haproxy does in the compose file. */
export class Balancer {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #targets: () => readonly number[]
  readonly #proxyFrom: string | undefined
  #turn = 0
  #isShut = false

  private constructor(targets: () => readonly number[], proxyFrom: string | undefined) {
    this.#targets = targets
    this.#proxyFrom = proxyFrom
    this.#server = createServer({ noDelay: true }, (near) => {
      this.#keep(near)
      this.#join(near, [...this.#inTurn()])
    })
  }

  /** @param proxyFrom it speaks the PROXY protocol, from this address */
  static async start(targets: () => readonly number[], port = 0, proxyFrom?: string): Promise<Balancer> {
    const balancer = new Balancer(targets, proxyFrom)
    await new Promise<void>((resolve, reject) =>
      balancer.#server.once('error', reject).listen(port, '127.0.0.1', resolve),
    )
    return balancer
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Resets every line: who comes back comes to the next target. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  /** Lets nobody in until it is opened. */
  shut(): void {
    this.#isShut = true
    this.cut()
  }
  open(): void {
    this.#isShut = false
  }

  async stop(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  *#inTurn(): Iterable<number> {
    const targets = this.#isShut ? [] : this.#targets()
    const first = this.#turn++
    for (let i = 0; i < targets.length; i++) yield targets[(first + i) % targets.length] as number
  }

  #join(near: Socket, ports: readonly number[]): void {
    const [port, ...others] = ports
    if (port === undefined || near.destroyed) {
      near.destroy()
      return
    }
    const localAddress = this.#proxyFrom
    const far = connect({ port, host: '127.0.0.1', noDelay: true, ...(localAddress && { localAddress }) })
    this.#keep(far)
    far.once('connect', () => {
      if (localAddress) far.write(proxyV2({ body: ipv4Body(near.remoteAddress) }))
      near.pipe(far).pipe(near)
      far.once('close', () => near.destroy())
      near.once('close', () => far.destroy())
    })
    far.once('error', () => {
      if (far.connecting || far.bytesRead + far.bytesWritten === 0) this.#join(near, others)
    })
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => this.#sockets.delete(socket))
  }
}
