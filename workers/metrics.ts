import { Counter, Gauge, Histogram, Registry } from 'prom-client'

const PREFIX = 'restante_worker_'

/** What a worker counts. Labels come from closed sets. */
export class WorkerMetrics {
  readonly registry = new Registry()
  readonly #entries = this.#counter('entries_total', 'Entries applied, by kind.', ['kind'])
  readonly #rejected = this.#counter('rejected_total', 'Refused sends and requests, by code.', ['code'])
  readonly #frames = this.#counter('frames_total', 'Work frames carried out.')
  readonly #failures = this.#counter(
    'step_failures_total',
    'Steps that threw: the sender got Rejected internal.',
  )
  readonly #broken = this.#counter(
    'broken_entries_total',
    'Entries or states that no broker or worker writes.',
  )
  readonly #leases = this.#counter('leases_ended_total', 'Partitions handed over or lost.')
  readonly #copied = this.#counter('directory_chats_copied_total', 'Chats copied to the directory.')
  readonly #copyFailures = this.#counter('directory_failures_total', 'Directory calls that failed.')
  readonly connected = this.#gauge('broker_connected', '1 while connected to a broker.')
  readonly partitions = this.#gauge('partitions_held', 'Partitions that this worker has.')
  readonly chats = this.#gauge('chats_cached', 'Chats whose state is in memory.')
  readonly unsaved = this.#gauge('directory_unsaved', 'Chats and users that the directory lacks.')
  readonly parked = this.#gauge('commands_waiting', 'Envelopes with commands that wait for the directory.')
  readonly parkedSeconds = this.#gauge('commands_waiting_seconds', 'How long the oldest of them has waited.')
  readonly held = this.#gauge(
    'commands_held',
    'Envelopes with commands that wait until their sender may cost others something again.',
  )
  readonly directoryAway = this.#gauge('directory_away', '1 while the directory does not answer.')
  readonly stepSeconds = new Histogram({
    name: `${PREFIX}frame_seconds`,
    help: 'From a Work frame to its Fanout, without waiting for facts.',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers: [this.registry],
  })

  entries(kind: string, count: number): void {
    this.#entries.inc({ kind }, count)
  }
  rejected(code: string): void {
    this.#rejected.inc({ code })
  }
  frame(): void {
    this.#frames.inc()
  }
  stepFailed(): void {
    this.#failures.inc()
  }
  broken(): void {
    this.#broken.inc()
  }
  leaseEnded(): void {
    this.#leases.inc()
  }
  copied(chats: number): void {
    this.#copied.inc(chats)
  }
  directoryFailed(): void {
    this.#copyFailures.inc()
  }

  #counter<Label extends string = never>(
    name: string,
    help: string,
    labelNames: Label[] = [],
  ): Counter<Label> {
    return new Counter({ name: PREFIX + name, help, labelNames, registers: [this.registry] })
  }
  #gauge(name: string, help: string): Gauge {
    return new Gauge({ name: PREFIX + name, help, registers: [this.registry] })
  }
}
