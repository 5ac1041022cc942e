import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { atMostEvery } from '../kit/at-most-every.ts'
import type { Supervisor } from './loop/thread/supervisor.ts'

/**
 * A worker's own HTTP listener, for operators: `/metrics`; `/healthz`, 200 while the process runs; `/readyz`, 200 while a broker may
 * send it Work. The directory being away does not make it unready: chats go on.
 */
export class WorkerHttp {
  readonly #server: Server

  constructor(supervisor: Supervisor) {
    const metrics = atMostEvery(1_000, () => supervisor.metrics())
    this.#server = createServer((request, response) => {
      const answer = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
        response.writeHead(status, { 'content-type': type }).end(text)
      }
      if (request.method !== 'GET') answer(405, 'method not allowed\n')
      else if (request.url === '/healthz') answer(200, 'ok\n')
      else if (request.url === '/readyz') {
        if (supervisor.status.isConnected) answer(200, 'ok\n')
        else answer(503, 'not connected to a broker\n')
      } else if (request.url === '/metrics')
        void metrics().then((text) => answer(200, text, 'text/plain; version=0.0.4; charset=utf-8'))
      else answer(404, 'not found\n')
    })
  }

  /** @returns the port */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, host, () => resolve((this.#server.address() as AddressInfo).port))
    })
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }
}
