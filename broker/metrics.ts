import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { unhandledRejections } from '../kit/last-line.ts'

/** What delivery counts. Implemented over Prometheus below. */
export interface NodeMetrics {
  /** Entries and frames that left on lanes. */
  laneFrame(entries: number, bytes: number): void
  /** A frame that an earlier connection may have had already. */
  laneRepeat(): void
  /** A lane had to read its mailbox instead of sending from memory. */
  laneRead(): void
  /** A lane begins (1) or ends (-1) to wait for entries that the store does not give it. */
  laneWaits(by: 1 | -1): void
  laneTimeout(): void
  /** Entries of a mailbox that were dropped before this reader got them. */
  laneGap(): void
  /** Delivered marks written to a partition's mailbox. */
  marks(count: number): void
  taken(count: number): void
  refusedFull(count: number): void
  workFrame(entries: number, bytes: number): void
  /** `unknown`: the store did not answer. */
  commit(outcome: 'done' | 'refused' | 'unknown'): void
  /** An entry was moved to the dead mailbox. */
  setAside(): void
  workerStalled(): void
  leases(held: number): void
  /** Entries of a partition that no worker has committed yet; 0 if another node is to tell. */
  partitionLag(partition: number, entries: number): void
  busFrame(direction: 'out' | 'in'): void
  swept(mailboxes: number): void
}

/** Every metric of a broker: name (behind `restante_`) and help. Labels come from closed sets, never ids. */
const COUNTERS = {
  broker_connections_accepted_total: 'Sockets accepted',
  broker_connections_dropped_total: 'Sockets closed before CONNECT, because too many were open, by limit',
  broker_tls_handshakes_total: 'Handshakes of TLS, by outcome',
  broker_connects_refused_total: 'CONNECTs refused, by reason',
  broker_connections_closed_total: 'Connections that had been accepted and ended, by reason',
  broker_packets_received_total: 'MQTT packets received, by type',
  broker_hooks_failed_total: 'Connections ended by a mistake of ours in what their client made us do',
  broker_filters_refused_total: 'Filters answered with SUBACK 0x80',
  broker_publishes_taken_total: 'QoS 1 publishes stored',
  broker_publishes_acknowledged_total: 'PUBACKs sent',
  broker_publishes_refused_full_total: 'Entries with publishes that a full partition did not take',
  lane_frames_total: 'Frames sent on lanes',
  lane_entries_total: 'Entries sent on lanes',
  lane_bytes_total: 'Bytes of frames sent on lanes',
  lane_repeats_total: 'Frames sent with DUP',
  lane_reads_total: 'Reads of the store by lanes',
  lane_timeouts_total: 'Connections closed because a frame was not acknowledged in time',
  lane_gaps_total: 'Gaps told to devices',
  lane_marks_total: 'Delivered marks written to partitions',
  work_frames_total: 'Frames sent to workers',
  work_entries_total: 'Entries sent to workers',
  work_bytes_total: 'Bytes of frames sent to workers',
  work_commits_total: 'Commits of workers, by outcome',
  work_set_aside_total: 'Entries moved to the dead mailbox',
  work_stalls_total: 'Workers closed because they committed nothing',
  bus_frames_total: 'Frames between nodes, by direction',
  mailbox_broken_total: 'Acts that failed because something else stood where a mailbox should',
  mailbox_swept_total: 'Mailboxes looked at for expired entries',
} as const

type CounterName = keyof typeof COUNTERS

const LABELS: Partial<Record<CounterName, string>> = {
  broker_connections_dropped_total: 'limit',
  broker_tls_handshakes_total: 'outcome',
  broker_connects_refused_total: 'reason',
  broker_connections_closed_total: 'reason',
  broker_packets_received_total: 'type',
  work_commits_total: 'outcome',
  bus_frames_total: 'direction',
}

const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]

interface BrokerState {
  readonly connectionsOpen: () => number
  readonly isReady: () => boolean
  readonly serversAway: () => number
  readonly unserved: () => { readonly partitions: number; readonly ms: number }
  /** Undefined: no port has TLS. */
  readonly certificate?: () => { readonly expiresAtMs: number; readonly isStale: boolean } | undefined
}

/** All that a broker counts, and its Prometheus text. */
export class BrokerMetrics implements NodeMetrics {
  readonly #registry = new Registry()
  readonly #included: (() => Promise<string>)[] = []
  readonly #counts = new Map<CounterName, Map<string, number>>()
  readonly #publishSeconds: Histogram
  readonly #leases: Gauge
  readonly #partitionLag: Gauge
  readonly #lags: number[] = []
  readonly #lanesWaiting: Gauge
  readonly #owed: Gauge

  /** @param state asked at each scrape */
  constructor(state: BrokerState) {
    for (const name of Object.keys(COUNTERS) as CounterName[]) this.#register(name)
    const registers = [this.#registry]
    this.#publishSeconds = new Histogram({
      name: 'restante_broker_publish_stored_seconds',
      help: 'Between a group of publishes and its PUBACKs',
      buckets: SECONDS,
      registers,
    })
    this.#leases = new Gauge({
      name: 'restante_work_leases_held',
      help: 'Partitions held by this node',
      registers,
    })
    this.#owed = new Gauge({
      name: 'restante_mailbox_owed_entries',
      help: 'Entries that are decided and wait for a server of the store that is away',
      registers,
    })
    this.#lanesWaiting = new Gauge({
      name: 'restante_lane_waiting',
      help: 'Lanes whose next entries the store does not give',
      registers,
    })
    this.#partitionLag = new Gauge({
      name: 'restante_work_lag_entries',
      help: 'Entries that no worker has committed, by partition, if this node is to tell',
      labelNames: ['partition'],
      registers,
    })
    gaugeOf('restante_broker_connections_open', 'Authenticated connections', state.connectionsOpen, registers)
    gaugeOf('restante_broker_ready', '1 if the store takes writes', () => Number(state.isReady()), registers)
    gaugeOf(
      'restante_broker_store_servers_away',
      'Servers of the store that take no writes',
      state.serversAway,
      registers,
    )
    gaugeOf(
      'restante_work_partitions_unserved',
      'Partitions of this node to serve whose entries do not get on',
      () => state.unserved().partitions,
      registers,
    )
    gaugeOf(
      'restante_work_unserved_seconds',
      'How long the longest of them have waited',
      () => state.unserved().ms / 1000,
      registers,
    )
    this.#registerCertificate(state, registers)
  }

  /** Without TLS they have no value, so that nobody is warned of a certificate that there is not. */
  #registerCertificate({ certificate }: BrokerState, registers: Registry[]): void {
    const read = (): ReturnType<NonNullable<typeof certificate>> => certificate?.()
    gaugeOf(
      'restante_broker_certificate_expires_seconds',
      'Until the first certificate ends; below 0 it has',
      () => secondsUntil(read()?.expiresAtMs),
      registers,
    )
    gaugeOf(
      'restante_broker_certificate_stale',
      '1 if the files of certificates have changed and the old ones are shown, as these are no good',
      () => read() && Number(read()?.isStale),
      registers,
    )
  }

  // Counts are plain numbers until they are scraped: some of these change several times for each message.
  #register(name: CounterName): void {
    const counts = new Map<string, number>()
    this.#counts.set(name, counts)
    const label = LABELS[name]
    if (label === undefined) counts.set('', 0)
    new Counter({
      name: `restante_${name}`,
      help: COUNTERS[name],
      labelNames: label === undefined ? [] : [label],
      registers: [this.#registry],
      collect(): void {
        this.reset()
        for (const [value, count] of counts) this.inc(label === undefined ? {} : { [label]: value }, count)
      },
    })
  }

  count(name: CounterName, by = 1, label = ''): void {
    const counts = this.#counts.get(name) as Map<string, number>
    counts.set(label, (counts.get(label) ?? 0) + by)
  }

  /** What was counted so far: for tests. */
  read(name: CounterName, label = ''): number {
    return this.#counts.get(name)?.get(label) ?? 0
  }

  publishStored(seconds: number): void {
    this.#publishSeconds.observe(seconds)
  }

  /** Whoever else works in this process, and has no listener of its own, is scraped here. */
  include(text: () => Promise<string>): void {
    this.#included.push(text)
  }

  async text(): Promise<string> {
    const included = await Promise.all(this.#included.map((text) => text()))
    return [await this.#registry.metrics(), await processMetrics().metrics(), ...included].join('')
  }

  laneFrame(entries: number, bytes: number): void {
    this.count('lane_frames_total')
    this.count('lane_entries_total', entries)
    this.count('lane_bytes_total', bytes)
  }
  laneRepeat(): void {
    this.count('lane_repeats_total')
  }
  laneRead(): void {
    this.count('lane_reads_total')
  }
  /** So many entries of commits wait for servers of the store that are away. */
  owed(entries: number): void {
    this.#owed.set(entries)
  }
  laneWaits(by: 1 | -1): void {
    this.#lanesWaiting.inc(by)
  }
  laneTimeout(): void {
    this.count('lane_timeouts_total')
  }
  laneGap(): void {
    this.count('lane_gaps_total')
  }
  marks(count: number): void {
    this.count('lane_marks_total', count)
  }
  taken(count: number): void {
    this.count('broker_publishes_taken_total', count)
  }
  refusedFull(count: number): void {
    this.count('broker_publishes_refused_full_total', count)
  }
  workFrame(entries: number, bytes: number): void {
    this.count('work_frames_total')
    this.count('work_entries_total', entries)
    this.count('work_bytes_total', bytes)
  }
  commit(outcome: 'done' | 'refused' | 'unknown'): void {
    this.count('work_commits_total', 1, outcome)
  }
  setAside(): void {
    this.count('work_set_aside_total')
  }
  workerStalled(): void {
    this.count('work_stalls_total')
  }
  leases(held: number): void {
    this.#leases.set(held)
  }
  partitionLag(partition: number, entries: number): void {
    // Each round tells of all partitions, and of most what the one before has told.
    if (this.#lags[partition] === entries) return
    this.#lags[partition] = entries
    this.#partitionLag.set({ partition }, entries)
  }
  busFrame(direction: 'out' | 'in'): void {
    this.count('bus_frames_total', 1, direction)
  }
  swept(mailboxes: number): void {
    this.count('mailbox_swept_total', mailboxes)
  }
}

/** @param read undefined: it has no value now */
function gaugeOf(name: string, help: string, read: () => number | undefined, registers: Registry[]): void {
  new Gauge({
    name,
    help,
    registers,
    collect(): void {
      const value = read()
      if (value === undefined) this.remove()
      else this.set(value)
    },
  })
}

function secondsUntil(atMs: number | undefined): number | undefined {
  return atMs === undefined ? undefined : Math.round((atMs - Date.now()) / 1000)
}

let processRegistry: Registry | undefined

/** Memory, CPU, event loop, garbage collection: of the process, so once for all brokers in it. */
function processMetrics(): Registry {
  if (processRegistry === undefined) {
    processRegistry = new Registry()
    collectDefaultMetrics({ register: processRegistry })
    gaugeOf(
      'restante_broker_unhandled_rejections',
      'Rejections since the start that nobody handled: mistakes of ours',
      unhandledRejections,
      [processRegistry],
    )
  }
  return processRegistry
}
