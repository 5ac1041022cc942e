import { PARTITIONS } from '../../proto/limits.ts'
import type { NodeRecord } from '../mailbox/store.ts'

/** Which worker has a partition, and the node that it is connected to. */
export interface Owner {
  readonly node: string
  readonly worker: string
}

/**
 * Shares out all partitions by rendezvous hashing: each goes to the worker with the highest score for it, so a worker
 * that joins or leaves moves only its own share. Every node that sees the same registry gets the same answer.
 *
 * @returns one owner per partition, or an empty array while there are no workers
 */
export function shareOut(nodes: readonly NodeRecord[]): Owner[] {
  const workers = nodes.flatMap(({ node, workers: names }) => names.map((worker) => ({ node, worker })))
  const seeds = workers.map(({ worker }) => hash(worker))
  const owners: Owner[] = []
  for (let partition = 0; partition < PARTITIONS && workers.length > 0; partition++) {
    let best = 0
    let bestScore = -1
    for (let i = 0; i < workers.length; i++) {
      const score = mix((seeds[i] as number) ^ Math.imul(partition + 1, 0x9e3779b1))
      if (score > bestScore) {
        best = i
        bestScore = score
      }
    }
    owners.push(workers[best] as Owner)
  }
  return owners
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value
}

/** The finalizer of MurmurHash3: every bit of the seed reaches every bit of the score. */
function mix(seed: number): number {
  let value = seed
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
