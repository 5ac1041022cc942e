import { constants } from 'node:crypto'
import type { Server, TlsOptions, TLSSocket } from 'node:tls'
import type { Log } from '../../../kit/log.ts'
import {
  digestOf,
  makeCertificates,
  readFiles,
  type CertificateFiles,
  type Certificates,
} from './certificates.ts'
import { SESSION_S_MAX, type TicketKeys } from './ticket-keys.ts'
import { watchFiles } from './watch-files.ts'

export interface TlsSettings {
  readonly pairs: readonly CertificateFiles[]
  readonly clientCaFile: string | undefined
}

export interface TlsParts {
  readonly settings: TlsSettings
  readonly tickets: TicketKeys
  /** How long a handshake may take. */
  readonly handshakeMsMax: number
  readonly count: (handshake: 'full' | 'resumed' | 'failed') => void
  readonly log: Log
  /** Between two looks at the files; for tests. */
  readonly pollMs?: number
}

const CONTEXT_OPTIONS = {
  minVersion: 'TLSv1.2',
  sessionTimeout: SESSION_S_MAX,
  // A client may not make us shake hands again and again on one connection.
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
} as const

/**
 * TLS of all servers of this process: certificates by the name that a client asks for, taken anew when their files
 * change. Connections that are open keep what they began with. While the files are no good, the last good ones stay.
 */
export class Tls {
  readonly #parts: TlsParts
  readonly #servers = new Set<Server>()
  readonly #unwatch: () => void
  #certificates: Certificates
  /** The files that were refused, and told of. */
  #refused: string | undefined
  #looking: Promise<void> | undefined
  #isAskedAgain = false

  private constructor(parts: TlsParts, certificates: Certificates) {
    const { pairs, clientCaFile } = parts.settings
    const paths = pairs.flatMap(({ certificate, key }) => [certificate, key])
    if (clientCaFile !== undefined) paths.push(clientCaFile)
    this.#parts = parts
    this.#certificates = certificates
    for (const context of certificates.contexts) parts.tickets.serve(context.context)
    this.#unwatch = watchFiles(paths, () => this.#look(), parts.pollMs)
  }

  /** @throws OperationalError `bad-certificate` with a sentence that names the file */
  static async open(parts: TlsParts): Promise<Tls> {
    const files = await readFiles(parts.settings)
    return new Tls(parts, makeCertificates(parts.settings, files, CONTEXT_OPTIONS))
  }

  /** For a server, of TLS or HTTPS, that is passed to `serve` then. */
  options(): TlsOptions {
    const hasAuthority = this.#parts.settings.clientCaFile !== undefined
    return {
      ...this.#certificates.default,
      SNICallback: (name, done) => done(null, this.#certificates.contextFor(name)),
      handshakeTimeout: this.#parts.handshakeMsMax,
      requestCert: hasAuthority,
      rejectUnauthorized: hasAuthority,
    }
  }

  /** @returns the server */
  serve<Serving extends Server>(server: Serving): Serving {
    const { count } = this.#parts
    this.#servers.add(server)
    this.#show(server)
    server.on('secureConnection', (socket: TLSSocket) => count(socket.isSessionReused() ? 'resumed' : 'full'))
    server.on('tlsClientError', (_error, socket) => {
      count('failed')
      socket.destroy()
    })
    return server
  }

  /** When the first certificate ends: Unix ms. */
  get expiresAtMs(): number {
    return this.#certificates.expiresAtMs
  }

  /** The files have changed, and can't be used. */
  get isStale(): boolean {
    return this.#refused !== undefined
  }

  close(): void {
    this.#unwatch()
    this.#servers.clear()
  }

  #show(server: Server): void {
    server.setSecureContext(this.#certificates.default)
    // Node keeps the context that it makes to itself.
    const { _sharedCreds } = server as unknown as { _sharedCreds: { context: unknown } }
    this.#parts.tickets.serve(_sharedCreds.context)
  }

  #look(): void {
    if (this.#looking !== undefined) {
      this.#isAskedAgain = true
      return
    }
    this.#looking = this.#reload().finally(() => {
      this.#looking = undefined
      if (!this.#isAskedAgain) return
      this.#isAskedAgain = false
      this.#look()
    })
  }

  async #reload(): Promise<void> {
    const { settings, log, tickets } = this.#parts
    let state = 'unreadable'
    try {
      const files = await readFiles(settings)
      state = digestOf(files)
      if (state === this.#certificates.digest || state === this.#refused) {
        if (state === this.#certificates.digest) this.#refused = undefined
        return
      }
      const certificates = makeCertificates(settings, files, CONTEXT_OPTIONS)
      for (const context of certificates.contexts) tickets.serve(context.context)
      this.#certificates = certificates
      this.#refused = undefined
      for (const server of this.#servers) this.#show(server)
      log.info({ expires: new Date(certificates.expiresAtMs).toISOString() }, 'certificate.reloaded')
    } catch (error) {
      if (state === this.#refused) return
      this.#refused = state
      log.error({ err: error }, 'certificate.not-reloaded')
    }
  }
}
