/** What a node holds and waits for. What happens at a limit stands beside it. */
export interface NodeLimits {
  /** A lane's frames and bytes in flight: at either, the lane waits for PUBACKs. One frame may always go. */
  readonly laneFramesMax: number
  readonly laneBytesMax: number
  /** How long an entry that is not urgent waits for another to ride with. */
  readonly patientMs: number
  /** A frame without PUBACK for so long closes the connection. */
  readonly ackTimeoutMs: number
  /** Entries and bytes of one Work frame; more wait for the next. */
  readonly workEntriesMax: number
  readonly workBytesMax: number
  /** A partition's lease lives so long without renewal. */
  readonly leaseTtlMs: number
  /** Between two renewals of all leases, announcements and rebalances. Well below `leaseTtlMs`. */
  readonly renewMs: number
  /** A worker that commits nothing for so long with entries outstanding loses its partitions and its connection. */
  readonly workerStallMs: number
  /** Takeovers without a commit from which on a partition's entries go to the worker one by one. */
  readonly takeoversMax: number
  /** Between two sweeps of expired entries, and mailboxes looked at in one. */
  readonly sweepMs: number
  readonly sweepMailboxesMax: number
}

export const NODE_LIMITS: NodeLimits = {
  laneFramesMax: 16,
  laneBytesMax: 256 * 1024,
  patientMs: 100,
  ackTimeoutMs: 60_000,
  workEntriesMax: 1_024,
  workBytesMax: 1024 * 1024,
  leaseTtlMs: 5_000,
  renewMs: 1_500,
  workerStallMs: 5_000,
  takeoversMax: 3,
  sweepMs: 10_000,
  sweepMailboxesMax: 100,
}
