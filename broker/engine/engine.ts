import { Aedes, type AedesOptions, type PublishPacket } from 'aedes'
import '../../kit/packet-ids.ts'

type Done = (error?: Error | null) => void

/** What Aedes wants of an emitter of messages. Nothing is ever emitted. */
const NO_EMITTER = {
  on(_topic: string, _listener: unknown, done?: Done): void {
    done?.()
  },
  removeListener(_topic: string, _listener: unknown, done?: Done): void {
    done?.()
  },
  emit(_packet: unknown, done?: Done): void {
    done?.()
  },
  close(done: Done): void {
    done()
  },
}

/**
 * Aedes as protocol engine: parsing, CONNECT to CONNACK, SUBACK, keep-alive. Its own delivery is cut out: live
 * fan-out, offline queue, `$SYS` messages, the table of clients (traps 3–11 and takeover).
 */
export class Engine extends Aedes {
  constructor(options: AedesOptions) {
    super({ ...options, mq: NO_EMITTER })
  }

  /** Ours went into mailboxes in the authorize-publish hook; `$SYS` messages have no readers. */
  override publish(_packet: PublishPacket, ...rest: unknown[]): void {
    done(rest)
  }

  override subscribe(_filter: string, ...rest: unknown[]): void {
    done(rest)
  }

  override unsubscribe(_filter: string, ...rest: unknown[]): void {
    done(rest)
  }

  /** Aedes calls it before CONNACK. Peers know the clients, by object and not by id. */
  registerClient(): void {}
}

/** Aedes passes the callback last, in some calls behind the client. */
function done(rest: unknown[]): void {
  const callback = rest.at(-1)
  if (typeof callback === 'function') callback()
}
