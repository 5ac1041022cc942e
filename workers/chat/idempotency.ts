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
  highestClientSeq: number
  runs: Run[]
}

export type Repeat =
  | { readonly outcome: 'new' }
  | { readonly outcome: 'known'; readonly seq: number }
  | { readonly outcome: 'stale' }

const NEW: Repeat = { outcome: 'new' }
const STALE: Repeat = { outcome: 'stale' }

/**
 * Whether this clientSeq of the device has been decided before, and what came of it.
 * @param forgotten the highest clientSeq of the member's devices that are no longer remembered
 */
export function lookUp(device: DeviceRecord | undefined, forgotten: number, clientSeq: number): Repeat {
  if (device === undefined) return clientSeq > forgotten ? NEW : STALE
  if (clientSeq > device.highestClientSeq) return NEW
  for (const run of device.runs) {
    const behind = clientSeq - run.clientSeq
    if (behind >= 0 && behind <= run.more) return { outcome: 'known', seq: run.seq + behind }
  }
  return STALE
}

/** Remember that `clientSeq`, higher than all before, became `seq`; forget what is more than 64 sends ago. */
export function recordSend(device: DeviceRecord, clientSeq: number, seq: number): void {
  device.highestClientSeq = clientSeq
  const { runs } = device
  const last = runs.at(-1)
  if (last !== undefined && clientSeq === last.clientSeq + last.more + 1 && seq === last.seq + last.more + 1)
    last.more++
  else runs.push({ clientSeq, seq, more: 0 })

  let remembered = 0
  for (const run of runs) remembered += run.more + 1
  if (remembered <= REPEATS_REMEMBERED_MAX) return
  const oldest = runs[0] as Run
  if (oldest.more === 0) runs.shift()
  else {
    oldest.clientSeq++
    oldest.seq++
    oldest.more--
  }
}

export function copyOfDevice(device: DeviceRecord): DeviceRecord {
  return {
    name: device.name,
    highestClientSeq: device.highestClientSeq,
    runs: device.runs.map((run) => ({ ...run })),
  }
}
