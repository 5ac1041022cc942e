/** What delivery counts. Implemented over Prometheus in metrics.ts; names and help are there. */
export interface NodeMetrics {
  /** Entries and frames that left on lanes. */
  laneFrame(entries: number, bytes: number): void
  /** A frame that an earlier connection may have had already. */
  laneRepeat(): void
  /** A lane had to read its mailbox instead of sending from memory. */
  laneRead(): void
  laneTimeout(): void
  /** Entries of a mailbox that were dropped before this reader got them. */
  laneGap(): void
  /** Delivered marks written to a partition's mailbox. */
  marks(count: number): void
  taken(count: number): void
  refusedFull(count: number): void
  workFrame(entries: number, bytes: number): void
  commit(outcome: 'done' | 'refused'): void
  /** An entry was moved to the dead mailbox. */
  setAside(): void
  workerStalled(): void
  leases(held: number): void
  /** Entries of a partition that no worker has committed yet; 0 if another node is to tell. */
  partitionLag(partition: number, entries: number): void
  busFrame(direction: 'out' | 'in'): void
  swept(mailboxes: number): void
}
