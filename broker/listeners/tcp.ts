import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Turn } from '../../kit/turn.ts'
import { Front, type FrontParts } from './front.ts'
import { Wire, type Transport } from './wire.ts'
import { listening, type Door, type Listener } from './listener.ts'
import type { Tls } from './tls/tls.ts'

/** How long a closed socket may take to send its last bytes and to see the peer close. */
const GOODBYE_MS = 1_000

/** While a socket is not read, so much is taken from it: what came byte by byte costs hundreds of times as much. */
const UNREAD_BYTES_MAX = 4 * 1024
/** Bytes that may wait in one socket before its wire counts as full. */
const HIGH_WATER_BYTES = 64 * 1024
/** Trap 18: without TCP_NODELAY every hop costs 40 ms. */
const SOCKETS = { noDelay: true, highWaterMark: UNREAD_BYTES_MAX }

/** Listens for MQTT over TCP, or over TLS. */
export async function listenTcp(
  options: { port: number; host: string | undefined },
  parts: FrontParts,
  door: Door,
  tls?: Tls,
): Promise<Listener> {
  const arrived = (socket: Socket): void => {
    if (tls) front.handOver(socket)
    door.accept(wireOf(socket, front.addressOf(socket), parts.turn))
  }
  const server = tls
    ? tls.serve(createTlsServer({ ...SOCKETS, ...tls.options() }, arrived))
    : createServer(SOCKETS, arrived)
  const front = new Front(server, parts, tls && ((address) => door.admit(address, true)))
  const port = await listening(server, options)
  const stop = (): void => {
    server.close()
    front.stop()
  }
  return { port, stop }
}

function wireOf(socket: Socket, address: string, turn: Turn): Wire {
  const wire: Wire = new Wire(new TcpTransport(socket), address, turn)
  socket.on('data', (chunk: Buffer) => wire.receive(chunk))
  socket.on('end', () => wire.receive(null))
  socket.on('drain', () => wire.drained())
  socket.on('close', () => wire.destroy())
  // A reset is one of the ways in which a peer goes; 'close' follows.
  socket.on('error', () => undefined)
  return wire
}

class TcpTransport implements Transport {
  readonly #socket: Socket
  #isEnding = false

  constructor(socket: Socket) {
    this.#socket = socket
  }

  send(bytes: Uint8Array): boolean {
    // Node has one mark for both directions, and says 'drain' above it.
    return this.#socket.write(bytes) || this.#socket.writableLength < HIGH_WATER_BYTES
  }
  pause(): void {
    this.#socket.pause()
  }
  resume(): void {
    this.#socket.resume()
  }

  end(): void {
    const socket = this.#socket
    if (this.#isEnding || socket.destroyed) return
    this.#isEnding = true
    // Closing with unread input would reset the connection, and the peer might lose the last packet, a refusing
    // CONNACK for one. So: end, read on into nothing, and only then close.
    socket.end()
    socket.resume()
    const timer = setTimeout(() => socket.destroy(), GOODBYE_MS)
    socket.once('close', () => clearTimeout(timer))
  }
}
