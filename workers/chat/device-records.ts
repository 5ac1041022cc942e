import { REPEATS_REMEMBERED_MAX } from '../../proto/limits.ts'
import { beforeStep, type DeviceBefore, type DeviceRecord, newDevice, recordSend } from './idempotency.ts'
import type { Member } from './member.ts'

/**
 * Devices remembered per member. Beyond it the one that sent longest ago is forgotten but for its highest clientSeq: up to
 * that, whatever an unknown device sends is taken for a repeat.
 */
export const DEVICES_PER_MEMBER_MAX = 16
/**
 * Names of connections with clean sessions that are remembered per member, as programs have that send one message and end.
 * They do not come again, so beyond it the one that sent longest ago is forgotten without a trace: only what it sends again
 * after so many others have sent, over a break of its connection, would be taken for new.
 */
export const TRANSIENTS_PER_MEMBER_MAX = 64
/** Past members whose devices are remembered. Of those who left before them only the highest clientSeq is: the same. */
export const PAST_REMEMBERED_MAX = 256
/** Runs of sends remembered in a chat. Beyond it those of the devices that sent longest ago are forgotten, a quarter. */
export const RUNS_PER_CHAT_MAX = 262_144
/** Names of programs that end, remembered in a chat: beyond it those that sent longest ago are forgotten. */
const TRANSIENTS_PER_CHAT_MAX = 16_384
const RUNS_KEPT = (RUNS_PER_CHAT_MAX * 3) / 4

interface Owned {
  readonly member: Member
  readonly device: DeviceRecord
}

/** What has changed since the last `takeChanges`. */
export interface DeviceChanges {
  readonly devices: readonly Owned[]
  readonly goneDevices: readonly { readonly member: Member; readonly name: string }[]
}

/**
 * What is remembered of the sends of all members' devices in one chat, and how much of it (G4, G8). The records stand in
 * their members; here stands what of them has changed, to be put in the store, and what the last step did, to be taken
 * back.
 */
export class DeviceRecords {
  readonly #touchMember: (member: Member) => Member
  /** Of all members ever. */
  #count = 0
  readonly #changed = new Map<DeviceRecord, Member>()
  #gone: { member: Member; name: string }[] = []
  /** What they were before each change of the step, oldest first. */
  #before: (Owned & { readonly before: DeviceBefore | undefined })[] = []
  #goneBefore: Owned[] = []
  /** Whose fingerprints got one more, and which was forgotten for it. */
  readonly #printed: { readonly device: DeviceRecord; readonly forgotten: number | undefined }[] = []

  /** @param touchMember before a member's own fields are written */
  constructor(touchMember: (member: Member) => Member) {
    this.#touchMember = touchMember
  }

  /** These are all members there are, from the store or as they were before a step. */
  count(members: Iterable<Member>): void {
    this.#count = 0
    for (const { devices } of members) this.#count += devices.size
  }

  /** All of these are to be put in the store. */
  adopt(members: Iterable<Member>): void {
    for (const member of members)
      for (const device of member.devices.values()) this.#changed.set(device, member)
  }

  begin(): void {
    this.#before.length = 0
    this.#goneBefore.length = 0
    this.#printed.length = 0
  }

  /**
   * The record of a member's device, made if there is none, before it is written.
   * @param clientSeq what it sends now: a connection's name may have been forgotten, and with it what it sent below that
   */
  touch(member: Member, name: string, isTransient: boolean, clientSeq: number): DeviceRecord {
    let device = member.devices.get(name)
    if (device === undefined) {
      device = newDevice(name, isTransient ? clientSeq - 1 : member.forgottenClientSeq, isTransient)
      this.#makeRoom(member, isTransient)
      member.devices.set(name, device)
      this.#count++
      this.#before.push({ member, device, before: undefined })
    } else {
      // A name that was linked since stays known as others do, and takes the place of one.
      if (device.isTransient && !isTransient) this.#makeRoom(member, false)
      this.#before.push({ member, device, before: beforeStep(device) })
      device.isTransient &&= isTransient
    }
    this.#changed.set(device, member)
    return device
  }

  /** What a device that has been touched sent under this number, higher than all before, became `seq`. */
  record(device: DeviceRecord, clientSeq: number, seq: number, print: number): void {
    this.#printed.push({ device, forgotten: recordSend(device, clientSeq, seq, print) })
  }

  /** After some have left: what their devices sent is no longer known of all who ever did. */
  forgetPast(members: Iterable<Member>): void {
    const past = [...members].filter((member) => member.leaveSeq > 0 && member.devices.size > 0)
    if (past.length <= PAST_REMEMBERED_MAX) return
    past.sort((a, b) => b.leaveSeq - a.leaveSeq)
    for (const member of past.slice(PAST_REMEMBERED_MAX))
      for (const device of member.devices.values()) this.#forget(member, device)
  }

  /** None of these members is to be remembered any more, nor what their devices sent. */
  forgetAll(members: Iterable<Member>): void {
    for (const member of members) {
      for (const { name } of member.devices.values()) this.#gone.push({ member, name })
      // Else a later step that is taken back would take them for devices that are there again.
      member.devices.clear()
    }
    this.#changed.clear()
    this.#count = 0
    this.begin()
  }

  /** Takes back everything since `begin`. */
  restore(): void {
    for (const { member, device } of this.#goneBefore) {
      member.devices.set(device.name, device)
      this.#changed.set(device, member)
    }
    this.#gone = this.#gone.filter(({ member, name }) => !member.devices.has(name))
    for (const { device, forgotten } of this.#printed.toReversed()) {
      device.prints.pop()
      if (forgotten !== undefined) device.prints.unshift(forgotten)
    }
    for (const { member, device, before } of this.#before.toReversed()) {
      if (before !== undefined) Object.assign(device, before)
      else {
        member.devices.delete(device.name)
        this.#changed.delete(device)
      }
    }
  }

  get hasChanged(): boolean {
    return this.#changed.size > 0
  }

  /** To be called before `takeChanges`: few chats have so many devices that their runs could be too many. */
  bound(members: Iterable<Member>): void {
    if (this.#count * REPEATS_REMEMBERED_MAX <= RUNS_PER_CHAT_MAX) return
    const all: Owned[] = []
    let runs = 0
    for (const member of members)
      for (const device of member.devices.values()) {
        all.push({ member, device })
        runs += device.runs.length
      }
    all.sort((a, b) => lastSeqOf(a.device) - lastSeqOf(b.device))
    const transients = all.filter(({ device }) => device.isTransient)
    for (const { member, device } of transients.slice(0, -TRANSIENTS_PER_CHAT_MAX)) {
      runs -= device.runs.length
      this.#forget(member, device)
    }
    if (runs <= RUNS_PER_CHAT_MAX) return
    for (const { member, device } of all) {
      if (runs <= RUNS_KEPT) return
      if (device.runs.length === 0 || !member.devices.has(device.name)) continue
      runs -= device.runs.length
      device.runs = []
      device.prints = []
      device.knownFrom = device.highestClientSeq + 1
      this.#changed.set(device, member)
    }
  }

  takeChanges(): DeviceChanges {
    const devices = [...this.#changed].map(([device, member]) => ({ member, device }))
    const goneDevices = this.#gone
    this.#changed.clear()
    this.#gone = []
    return { devices, goneDevices }
  }

  /** For one more of its kind. */
  #makeRoom(member: Member, isTransient: boolean): void {
    let oldest: DeviceRecord | undefined
    let count = 0
    for (const device of member.devices.values()) {
      if (device.isTransient !== isTransient) continue
      count++
      if (oldest === undefined || lastSeqOf(device) < lastSeqOf(oldest)) oldest = device
    }
    if (oldest !== undefined && count >= (isTransient ? TRANSIENTS_PER_MEMBER_MAX : DEVICES_PER_MEMBER_MAX))
      this.#forget(member, oldest)
  }

  #forget(member: Member, device: DeviceRecord): void {
    if (!device.isTransient) {
      const touched = this.#touchMember(member)
      touched.forgottenClientSeq = Math.max(member.forgottenClientSeq, device.highestClientSeq)
    }
    member.devices.delete(device.name)
    this.#count--
    this.#changed.delete(device)
    this.#gone.push({ member, name: device.name })
    this.#goneBefore.push({ member, device })
  }
}

function lastSeqOf(device: DeviceRecord): number {
  const run = device.runs.at(-1)
  return run === undefined ? 0 : run.seq + run.more
}
