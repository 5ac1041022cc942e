import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import { Front, type FrontParts } from './front.ts'
import { listening, pathOf, type Door, type Listener } from './listener.ts'
import type { Tls } from './tls/tls.ts'
import { acceptWebSockets } from './websocket.ts'

/** Requests are small: a slow or endless one is cut off. */
const REQUEST_MS_MAX = 4_000
/** Between two looks for those. Node's own is half a minute. */
const REQUEST_LOOK_MS = 1_000
const HEADER_BYTES_MAX = 16 * 1024

const REQUESTS = {
  requestTimeout: REQUEST_MS_MAX,
  headersTimeout: REQUEST_MS_MAX,
  connectionsCheckingInterval: REQUEST_LOOK_MS,
  maxHeaderSize: HEADER_BYTES_MAX,
  noDelay: true,
}

/**
 * For everybody: MQTT over WebSocket at `/mqtt`, and whether clients should be sent here, `/healthz` and `/readyz`. A
 * socket asks once; what a stranger asks for behind that is not answered, and with the answer the socket ends.
 *
 * @param isReady whether the store takes writes and the process isn't stopping
 */
export async function listenHttp(
  options: { port: number; host: string | undefined },
  parts: FrontParts,
  isReady: () => boolean,
  door: Door,
  tls?: Tls,
): Promise<Listener> {
  /** Sockets whose one question has come. */
  const asked = new WeakSet<Socket>()
  const requested = (request: IncomingMessage, response: ServerResponse): void => {
    if (asked.has(request.socket)) return
    asked.add(request.socket)
    answer(request, response, isReady)
  }
  const server = tls
    ? tls.serve(createHttpsServer({ ...REQUESTS, ...tls.options() }, requested))
    : createServer(REQUESTS, requested)
  const front = new Front(server, parts, (address) =>
    door.admit(parts.between.isReverseProxy(address) ? undefined : address, tls !== undefined),
  )
  const clientOf = ({ socket, headers }: IncomingMessage): string =>
    parts.between.client(front.addressOf(socket), headers['x-forwarded-for']?.toString())
  acceptWebSockets(server, clientOf, parts.turn, (wire, socket) => {
    front.handOver(socket)
    door.accept(wire)
  })
  const port = await listening(server, options)
  return {
    port,
    stop: () => {
      server.close()
      server.closeAllConnections()
      front.stop()
    },
  }
}

function answer(request: IncomingMessage, response: ServerResponse, isReady: () => boolean): void {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return reply(response, 405, 'method not allowed\n')
  switch (pathOf(request)) {
    case '/healthz':
      return reply(response, 200, 'ok\n')
    case '/readyz':
      return isReady() ? reply(response, 200, 'ready\n') : reply(response, 503, 'not ready\n')
    default:
      return reply(response, 404, 'not found\n')
  }
}

function reply(response: ServerResponse, status: number, body: string): void {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  response.writeHead(status, { ...headers, connection: 'close' }).end(body)
}
