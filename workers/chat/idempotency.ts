import { REPEATS_REMEMBERED_MAX } from '../../proto/limits.ts'

/** Consecutive sends: `clientSeq` … `clientSeq + more` became `seq` … `seq + more`. */
interface Run {
  clientSeq: number
  seq: number
  more: number
}

/**
 * What one device sent to one chat (G4): the highest clientSeq, which only grows, and the last sends as runs, oldest
 * first. A refused send raises the highest too: it stays refused, whatever the chat becomes later.
 */
export interface DeviceRecord {
  readonly name: string
  /** It is the name of a connection with a clean session, and of no linked device. */
  isTransient: boolean
  highestClientSeq: number
  /** From this number up to the highest, what is in no run never became anything. What is below is forgotten. */
  knownFrom: number
  runs: Run[]
  /** Fingerprints of the newest of these sends, oldest first; an older version of the worker kept none. */
  prints: number[]
}

export type Repeat =
  | { readonly outcome: 'new' }
  | { readonly outcome: 'known'; readonly seq: number }
  /** Another send has the number, or it was passed over: nothing was stored for this one. */
  | { readonly outcome: 'reused' }
  /** Nobody knows. */
  | { readonly outcome: 'stale' }

const NEW: Repeat = { outcome: 'new' }
const REUSED: Repeat = { outcome: 'reused' }
const STALE: Repeat = { outcome: 'stale' }

/** The command with which the last member left a chat: all that is still known of what was sent to it. */
export interface Closing {
  readonly user: string
  readonly device: string
  readonly clientSeq: number
  readonly print: number
}

/** As lookUp, of a chat that is closed. @param lastSeq the chat's, which the closing command has */
export function lookUpClosed(
  closing: Closing,
  lastSeq: number,
  { user, device, clientSeq, print }: Closing,
): Repeat {
  if (closing.user !== user || closing.device !== device || clientSeq > closing.clientSeq) return NEW
  if (clientSeq < closing.clientSeq) return STALE
  return closing.print === print ? { outcome: 'known', seq: lastSeq } : REUSED
}

/** @param forgotten up to this number, nobody knows what it sent */
export function newDevice(name: string, forgotten: number, isTransient = false): DeviceRecord {
  return { name, isTransient, highestClientSeq: forgotten, knownFrom: forgotten + 1, runs: [], prints: [] }
}

/**
 * Whether this clientSeq of the device has been decided before, and what came of it.
 * @param forgotten the highest clientSeq of the member's linked devices that are no longer remembered
 * @param print the fingerprint of the command that has the number now
 */
export function lookUp(
  device: DeviceRecord | undefined,
  forgotten: number,
  clientSeq: number,
  print: number,
): Repeat {
  if (device === undefined) return clientSeq > forgotten ? NEW : STALE
  if (clientSeq > device.highestClientSeq) return NEW
  if (clientSeq < device.knownFrom) return STALE
  let newer = 0
  for (let i = device.runs.length - 1; i >= 0; i--) {
    const run = device.runs[i] as Run
    const behind = clientSeq - run.clientSeq
    if (behind >= 0 && behind <= run.more) {
      const known = device.prints.at(behind - run.more - 1 - newer)
      return known === undefined || known === print ? { outcome: 'known', seq: run.seq + behind } : REUSED
    }
    newer += run.more + 1
  }
  return REUSED
}

/**
 * Remember that `clientSeq`, higher than all before, became `seq`; forget what is more than 64 sends ago.
 * @returns the fingerprint that was forgotten for it, if one was
 */
export function recordSend(
  device: DeviceRecord,
  clientSeq: number,
  seq: number,
  print: number,
): number | undefined {
  device.highestClientSeq = clientSeq
  const { runs, prints } = device
  const last = runs.at(-1)
  if (last !== undefined && clientSeq === last.clientSeq + last.more + 1 && seq === last.seq + last.more + 1)
    last.more++
  else runs.push({ clientSeq, seq, more: 0 })
  prints.push(print)
  const forgotten = prints.length > REPEATS_REMEMBERED_MAX ? prints.shift() : undefined

  let remembered = 0
  for (const run of runs) remembered += run.more + 1
  if (remembered <= REPEATS_REMEMBERED_MAX) return forgotten
  const oldest = runs[0] as Run
  device.knownFrom = oldest.clientSeq + 1
  if (oldest.more === 0) runs.shift()
  else {
    oldest.clientSeq++
    oldest.seq++
    oldest.more--
  }
  return forgotten
}

/** What a device's record was before a step, but for its fingerprints: 64 numbers, of which a send changes the ends. */
export type DeviceBefore = Omit<DeviceRecord, 'prints'>

/** Field by field: each send makes one. */
export function beforeStep({
  name,
  isTransient,
  highestClientSeq,
  knownFrom,
  runs,
}: DeviceRecord): DeviceBefore {
  return {
    name,
    isTransient,
    highestClientSeq,
    knownFrom,
    runs: runs.map(({ clientSeq, seq, more }) => ({ clientSeq, seq, more })),
  }
}
