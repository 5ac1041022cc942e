import type { IncomingMessage } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { OperationalError } from '../../kit/operational-error.ts'
import type { Admit } from './front.ts'
import type { Wire } from './wire.ts'

/** Who lets sockets in, and takes what becomes of them. */
export interface Door {
  /**
   * Of what is no connection at once: HTTP, and TLS, whose handshakes cost. See Admit. Without address it is a reverse
   * proxy's, and anybody's behind it: what becomes a connection is counted by its client's own.
   */
  admit(address: string | undefined, isHandshake: boolean): ReturnType<Admit>
  /** Gets every connection; it owns the wire. */
  accept(wire: Wire): void
}

export interface Listener {
  readonly port: number
  /** Stops accepting; connections that are open stay. */
  stop(): void
}

/**
 * Starts listening. Port 0 means any free one.
 *
 * @returns the port
 * @throws OperationalError `port-in-use`, or `cannot-listen` for every other reason
 */
export async function listening(
  server: Server,
  options: { port: number; host: string | undefined },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException): void => reject(listenError(cause, options.port))
    server.once('error', fail)
    server.listen(options.port, options.host, () => {
      server.off('error', fail)
      resolve()
    })
  })
  return (server.address() as AddressInfo).port
}

function listenError(cause: NodeJS.ErrnoException, port: number): OperationalError {
  if (cause.code === 'EADDRINUSE')
    return new OperationalError('port-in-use', `Port ${port} is in use by another process.`, {
      retryable: false,
      cause,
    })
  return new OperationalError('cannot-listen', `Can't listen on port ${port}: ${cause.message}.`, {
    retryable: false,
    cause,
  })
}

/** The path of a request, without its query. Not by `URL`, which throws at some of what strangers send. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] as string
}
