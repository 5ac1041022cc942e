import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Front, type FrontParts } from './front.ts'
import { listening, pathOf, type Listener } from './listener.ts'
import { acceptWebSockets } from './websocket.ts'
import type { Wire } from './wire.ts'

export interface Health {
  /** Whether clients should be sent here: the store takes writes and the process isn't stopping. */
  isReady(): boolean
  /** Prometheus' text format. */
  metrics(): Promise<string>
}

/** Requests are small: a slow or endless one is cut off. */
const REQUEST_MS_MAX = 10_000
const HEADER_BYTES_MAX = 16 * 1024

/** `/healthz`, `/readyz`, `/metrics`, and MQTT over WebSocket at `/mqtt`. */
export async function listenHttp(
  options: { port: number; host: string | undefined; connectionsMax: number },
  parts: FrontParts,
  health: Health,
  accept: (wire: Wire) => void,
): Promise<Listener> {
  const server = createServer(
    {
      requestTimeout: REQUEST_MS_MAX,
      headersTimeout: REQUEST_MS_MAX,
      maxHeaderSize: HEADER_BYTES_MAX,
      noDelay: true,
    },
    (request, response) => {
      answer(request, response, health).catch(() => {
        if (response.headersSent) response.destroy()
        else reply(response, 500, 'internal error\n')
      })
    },
  )
  server.maxConnections = options.connectionsMax
  const front = new Front(server, parts)
  const clientOf = ({ socket, headers }: IncomingMessage): string =>
    parts.between.client(front.addressOf(socket), headers['x-forwarded-for']?.toString())
  acceptWebSockets(server, clientOf, accept)
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

async function answer(request: IncomingMessage, response: ServerResponse, health: Health): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return reply(response, 405, 'method not allowed\n')
  switch (pathOf(request)) {
    case '/healthz':
      return reply(response, 200, 'ok\n')
    case '/readyz':
      return health.isReady() ? reply(response, 200, 'ready\n') : reply(response, 503, 'not ready\n')
    case '/metrics':
      return reply(response, 200, await health.metrics(), 'text/plain; version=0.0.4; charset=utf-8')
    default:
      return reply(response, 404, 'not found\n')
  }
}

function reply(
  response: ServerResponse,
  status: number,
  body: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}
