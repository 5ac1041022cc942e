import { Role } from '../../proto/codec.ts'
import { REPEATS_REMEMBERED_MAX } from '../../proto/limits.ts'
import {
  decodeDeviceState,
  decodeHeadState,
  decodeMemberState,
  encodeDeviceState,
  encodeHeadState,
  encodeMemberState,
  type Field,
  type StatePut,
} from '../../proto/server-codec.ts'
import type { DeviceRecord } from './idempotency.ts'
import type { Member } from './member.ts'
import { type Changes, ChatState, type Head } from './state.ts'

/** Chat state to the store's fields and back: `head`, `m<number>`, `d<number>/<device>` (proto/state.proto). */

/**
 * @param bytes the chat's 10 bytes
 * @param fields as the store holds them, in any order; none: the chat does not exist
 * @throws MalformedFrame or RangeError if they are not what a worker has put
 */
export function chatFromFields(bytes: Uint8Array, fields: readonly Field[]): ChatState {
  const chat = new ChatState(bytes)
  let head: Head | undefined
  const members = new Map<number, Member>()
  const devices: { number: number; device: DeviceRecord }[] = []
  for (const { name, value } of fields) {
    if (!name || !value) throw new RangeError('a field without name or value')
    if (name === 'head') head = headFromField(value)
    else if (name.startsWith('m')) {
      const member = memberFromField(numberIn(name, name.length), value)
      members.set(member.number, member)
    } else if (name.startsWith('d')) {
      const slash = name.indexOf('/')
      devices.push({ number: numberIn(name, slash), device: deviceFromField(name.slice(slash + 1), value) })
    } else throw new RangeError('a field of an unknown kind')
  }
  if (head === undefined) {
    if (fields.length > 0) throw new RangeError('a chat without head')
    return chat
  }
  for (const { number, device } of devices) {
    const member = members.get(number)
    if (member === undefined) throw new RangeError('a device without member')
    member.devices.set(device.name, device)
  }
  chat.load(head, members.values())
  return chat
}

/** The puts for what changed, in which a device that is gone comes before one of the same name that came after. */
export function putsOf(bytes: Uint8Array, head: Head, changes: Changes, puts: StatePut[]): void {
  if (changes.head) puts.push({ chat: bytes, field: 'head', value: encodeHeadState(head) })
  for (const member of changes.members)
    puts.push({ chat: bytes, field: `m${member.number}`, value: encodeMemberState(member) })
  for (const { number } of changes.goneMembers) puts.push({ chat: bytes, field: `m${number}`, gone: true })
  for (const { member, name } of changes.goneDevices)
    puts.push({ chat: bytes, field: `d${member.number}/${name}`, gone: true })
  for (const { member, device } of changes.devices)
    puts.push({ chat: bytes, field: `d${member.number}/${device.name}`, value: fieldFromDevice(device) })
}

function numberIn(name: string, end: number): number {
  const digits = name.slice(1, Math.max(end, 1))
  if (!/^\d{1,9}$/.test(digits)) throw new RangeError('a field without number')
  return Number(digits)
}

function headFromField(value: Uint8Array): Head {
  const state = decodeHeadState(value)
  const { direct, name, lastSeq, nextNumber, lastAtS, changes, closed } = state
  const { uncounted, briefLast, disappearAfterS } = state
  const counts = { uncounted, briefLast, disappearAfterS }
  const head = { direct, name, lastSeq, nextNumber, lastAtS, changes, ...counts }
  if (!closed) return head
  const { user, device, clientSeq, print } = closed
  const closing = { user: user ?? '', device: device ?? '', clientSeq: clientSeq ?? 0, print: print ?? 0 }
  return { ...head, closed: closing }
}

function memberFromField(number: number, value: Uint8Array): Member {
  const state = decodeMemberState(value)
  return {
    number,
    user: state.user,
    role: state.role === Role.ROLE_ADMIN ? Role.ROLE_ADMIN : Role.ROLE_MEMBER,
    joinSeq: state.joinSeq,
    leaveSeq: state.leaveSeq,
    delivered: state.delivered,
    read: state.read,
    lastOwnSeq: state.lastOwnSeq,
    awaitingDelivered: state.awaitingDelivered,
    awaitingRead: state.awaitingRead,
    ownUnread: state.ownUnread,
    uncountedRead: state.uncountedRead,
    forgottenClientSeq: state.forgottenClientSeq,
    devices: new Map(),
  }
}

/** Of one fingerprint. */
const PRINT_BYTES = 4
/** The encoder copies out of it at once. */
const PRINTS = new DataView(new ArrayBuffer(REPEATS_REMEMBERED_MAX * PRINT_BYTES))
const PRINTS_BYTES = new Uint8Array(PRINTS.buffer)

function fieldFromDevice(device: DeviceRecord): Uint8Array {
  const { isTransient: transient, highestClientSeq, knownFrom, runs, prints } = device
  const length = prints.length * PRINT_BYTES
  for (let i = 0; i < prints.length; i++) PRINTS.setUint32(i * PRINT_BYTES, prints[i] as number, true)
  const bytes = length === PRINTS_BYTES.length ? PRINTS_BYTES : PRINTS_BYTES.subarray(0, length)
  return encodeDeviceState({ highestClientSeq, knownFrom, transient, runs, prints: bytes })
}

function deviceFromField(name: string, value: Uint8Array): DeviceRecord {
  const { highestClientSeq, knownFrom, transient, runs: storedRuns, prints: bytes } = decodeDeviceState(value)
  const runs = storedRuns.map((run) => ({
    clientSeq: run.clientSeq ?? 0,
    seq: run.seq ?? 0,
    more: run.more ?? 0,
  }))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const prints = Array.from({ length: Math.floor(bytes.length / PRINT_BYTES) }, (_, i) =>
    view.getUint32(i * PRINT_BYTES, true),
  ).slice(-REPEATS_REMEMBERED_MAX)
  // A version that did not say so may have forgotten everything below its runs.
  const runsFrom = runs[0]?.clientSeq ?? highestClientSeq + 1
  return {
    name,
    isTransient: transient,
    highestClientSeq,
    knownFrom: knownFrom === 0 ? runsFrom : knownFrom,
    runs,
    prints,
  }
}
