import type { Server, Socket } from 'node:net'
import type { Turn } from '../../kit/turn.ts'
import type { Between } from './intermediaries.ts'
import { readProxyHeader } from './proxy-header.ts'

/** How long a balancer may take to say whom it speaks for. */
const PROXY_HEADER_MS_MAX = 5_000

/** @returns what to call when a socket is gone or handed over; undefined: it is closed at once */
export type Admit = (address: string) => (() => void) | undefined

export interface FrontParts {
  readonly between: Between
  /** A balancer's connection was closed because of what it began with. */
  readonly refused: (address: string) => void
  /** Of the wires behind it. */
  readonly turn: Turn
}

/**
 * What stands in front of a server of any kind: connections of balancers wait until their PROXY header is read, and
 * are served as what is behind it. So TLS, HTTP and MQTT begin at their own first byte, whatever came before.
 */
export class Front {
  readonly #parts: FrontParts
  /**
   * Clients behind balancers, by the socket of the balancer: objects won't do, for TLS makes a socket of its own. Two
   * sockets can have one name, if the first was reset and is not closed yet: each takes out only what it has put there.
   */
  readonly #clients = new Map<string, { readonly address: string }>()
  readonly #waiting = new Set<Socket>()

  /** What to call when an admitted socket is done with, by the same. */
  readonly #admitted = new Map<string, () => void>()

  /**
   * Call it once all listeners of the server's connections are there.
   *
   * @param admit of a server whose sockets are not connections at once
   */
  constructor(server: Server, parts: FrontParts, admit?: Admit) {
    this.#parts = parts
    const serve = server.listeners('connection')
    server.removeAllListeners('connection')
    server.on('connection', (socket: Socket) => {
      const go = (): void => {
        if (admit !== undefined && !this.#admit(socket, admit)) return
        for (const listener of serve) Reflect.apply(listener, server, [socket])
      }
      if (parts.between.isBalancer(socket.remoteAddress ?? '')) this.#untilHeader(socket, go)
      else go()
    })
  }

  /** The address of whoever is at the other end, behind all balancers. Empty once the socket is gone. */
  addressOf(socket: Socket): string {
    return this.#clients.get(keyOf(socket))?.address ?? socket.remoteAddress ?? ''
  }

  /** A socket has become a connection, which counts for itself. */
  handOver(socket: Socket): void {
    this.#admitted.get(keyOf(socket))?.()
  }

  /** Whoever has not said yet whom it speaks for is closed. */
  stop(): void {
    for (const socket of this.#waiting) socket.destroy()
  }

  #untilHeader(socket: Socket, go: () => void): void {
    let bytes: Buffer = Buffer.alloc(0)
    this.#waiting.add(socket)
    const giveUp = (): void => {
      letGo()
      this.#parts.refused(socket.remoteAddress ?? '')
      socket.destroy()
    }
    const letGo = (): void => {
      this.#waiting.delete(socket)
      clearTimeout(timer)
      socket.off('readable', read).off('close', letGo).off('error', ignored)
    }
    const read = (): void => {
      const chunk = socket.read() as Buffer | null
      if (chunk === null) return
      bytes = Buffer.concat([bytes, chunk])
      const header = readProxyHeader(bytes)
      if (header.outcome === 'incomplete') return
      if (header.outcome === 'malformed') return giveUp()
      letGo()
      if (header.address !== undefined) this.#note(socket, header.address)
      if (bytes.length > header.length) socket.unshift(bytes.subarray(header.length))
      go()
    }
    const timer = setTimeout(giveUp, PROXY_HEADER_MS_MAX)
    // A reset is followed by 'close'.
    const ignored = (): void => undefined
    socket.on('readable', read).on('close', letGo).on('error', ignored)
  }

  #admit(socket: Socket, admit: Admit): boolean {
    const leave = admit(this.addressOf(socket))
    if (leave === undefined) {
      socket.destroy()
      return false
    }
    const key = keyOf(socket)
    let isCounted = true
    const left = (): void => {
      if (this.#admitted.get(key) === left) this.#admitted.delete(key)
      if (isCounted) leave()
      isCounted = false
    }
    this.#admitted.set(key, left)
    socket.once('close', left)
    return true
  }

  #note(socket: Socket, address: string): void {
    const key = keyOf(socket)
    const client = { address }
    this.#clients.set(key, client)
    socket.once('close', () => {
      if (this.#clients.get(key) === client) this.#clients.delete(key)
    })
  }
}

function keyOf({ remoteAddress, remotePort, localAddress }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress}`
}
