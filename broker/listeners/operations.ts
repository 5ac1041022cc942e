import { createServer } from 'node:http'
import { atMostEvery } from '../../kit/at-most-every.ts'
import { listening, pathOf, type Listener } from './listener.ts'

/** Between two renderings: whoever asks sooner waits for the next. */
const TEXT_MS = 1_000
const REQUEST_MS_MAX = 4_000

/**
 * For operators: `/metrics`, on a port of its own, which nobody else should reach.
 *
 * @param metrics Prometheus' text format; asked at most once a second
 */
export async function listenOperations(
  options: { port: number; host: string | undefined },
  metrics: () => Promise<string>,
): Promise<Listener> {
  const text = atMostEvery(TEXT_MS, metrics)
  const server = createServer({ requestTimeout: REQUEST_MS_MAX, noDelay: true }, (request, response) => {
    const reply = (status: number, body: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return reply(405, 'method not allowed\n')
    if (pathOf(request) !== '/metrics') return reply(404, 'not found\n')
    text().then(
      (body) => reply(200, body, 'text/plain; version=0.0.4; charset=utf-8'),
      () => reply(500, 'internal error\n'),
    )
  })
  const port = await listening(server, options)
  return {
    port,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
