import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Server as NetServer, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Turn } from '../../kit/turn.ts'
import { DEVICE_PACKET_BYTES_MAX } from '../../proto/limits.ts'
import { pathOf } from './listener.ts'
import { Wire, type Transport } from './wire.ts'

const WEBSOCKET_PATH = '/mqtt'
const SUBPROTOCOL = 'mqtt'
/** One WebSocket message. It may hold several packets, or a part of one. Longer: closed with 1009. */
const MESSAGE_BYTES_MAX = 2 * DEVICE_PACKET_BYTES_MAX
/** The same before CONNACK: of a stranger, no more is gathered than TCP brings at once. Longer: cut off. */
const STRANGER_BYTES_MAX = 64 * 1024
/** Pieces of a frame that have come and wait for the rest: a byte alone costs hundreds of them. More: cut off. */
const PIECES_MAX = MESSAGE_BYTES_MAX / 256
/** Frames of one message. More: cut off. */
const FRAGMENTS_MAX = 1_024
/** Bytes that may wait in one socket before its wire counts as full. */
const HIGH_WATER_BYTES = 64 * 1024
/** How long the closing handshake may take. */
const GOODBYE_MS = 1_000

/**
 * Takes WebSocket upgrades at `/mqtt` of an HTTP server; refuses others with an HTTP status.
 *
 * @param clientOf the address of whoever sent a request
 * @param turn at the end of which wires are flushed
 * @param accept gets the wire, and the socket below it
 */
export function acceptWebSockets(
  server: NetServer,
  clientOf: (request: IncomingMessage) => string,
  turn: Turn,
  accept: (wire: Wire, socket: Socket) => void,
): void {
  const websockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MESSAGE_BYTES_MAX,
    maxBufferedChunks: PIECES_MAX,
    maxFragments: FRAGMENTS_MAX,
    handleProtocols: () => SUBPROTOCOL,
  })
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    if (pathOf(request) !== WEBSOCKET_PATH) return refuse(socket, 404)
    // [MQTT-6.0.0-3]: the client must ask for the subprotocol.
    if (!asksForMqtt(request)) return refuse(socket, 400)
    const client = clientOf(request)
    websockets.handleUpgrade(request, socket, head, (websocket) => {
      const wire = wireOf(websocket, client, turn)
      limitStranger(socket, websocket, wire)
      accept(wire, socket)
    })
  })
}

function asksForMqtt(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? ''
  return offered.split(',').some((protocol) => protocol.trim() === SUBPROTOCOL)
}

function refuse(socket: Duplex, status: number): void {
  // A client may keep its half open for ever, and no timeout of the HTTP server looks after an upgrade.
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function wireOf(websocket: WebSocket, address: string, turn: Turn): Wire {
  const transport = new WebSocketTransport(websocket, () => wire.drained())
  const wire: Wire = new Wire(transport, address, turn)
  websocket.on('message', (message: Buffer, isBinary: boolean) => {
    // [MQTT-6.0.0-1]
    if (isBinary) wire.receive(message)
    else wire.destroy()
  })
  websocket.on('close', () => wire.destroy())
  // A broken frame, a message that is too long, a reset. 'close' follows, but may take its time.
  websocket.on('error', () => wire.destroy())
  return wire
}

/** `ws` has one limit for all messages and hands over whole ones, so what it gathers is counted below it. */
function limitStranger(socket: Duplex, websocket: WebSocket, wire: Wire): void {
  let gatheredBytes = 0
  const letGo = (): void => {
    socket.off('data', count)
    websocket.off('message', whole)
  }
  const count = (chunk: Buffer): void => {
    gatheredBytes += chunk.length
    if (wire.hasWritten) letGo()
    else if (gatheredBytes > STRANGER_BYTES_MAX) socket.destroy()
  }
  const whole = (): void => {
    gatheredBytes = 0
  }
  // In front of the listener of `ws`, which makes messages of the chunk.
  socket.prependListener('data', count)
  websocket.on('message', whole)
}

/** States: open, or full, from more than the mark in the socket until it is half empty. */
export class WebSocketTransport implements Transport {
  readonly #websocket: WebSocket
  readonly #sent: (error?: Error) => void
  #isFull = false
  #isEnding = false

  constructor(websocket: WebSocket, drained: () => void) {
    this.#websocket = websocket
    this.#sent = () => {
      if (!this.#isFull || websocket.bufferedAmount > HIGH_WATER_BYTES / 2) return
      this.#isFull = false
      drained()
    }
  }

  send(bytes: Uint8Array): boolean {
    if (this.#websocket.readyState !== this.#websocket.OPEN) return true
    this.#websocket.send(bytes, this.#sent)
    // Full until `drained` is called, also if what was sent now finds it half empty.
    if (this.#websocket.bufferedAmount > HIGH_WATER_BYTES) this.#isFull = true
    return !this.#isFull
  }
  pause(): void {
    this.#websocket.pause()
  }
  resume(): void {
    this.#websocket.resume()
  }

  end(): void {
    if (this.#isEnding) return
    this.#isEnding = true
    this.#websocket.resume()
    this.#websocket.close(1000)
    const timer = setTimeout(() => this.#websocket.terminate(), GOODBYE_MS)
    this.#websocket.once('close', () => clearTimeout(timer))
  }
}
