import { expect, test } from 'vitest'
import { STATE_BYTES_MAX } from '../../../../broker/work/worker-memory.ts'
import { decodeDown } from '../../../../proto/codec.ts'
import { MEMBERS_EVER_MAX } from '../../../../workers/chat/commands/add-members.ts'
import { DETAIL_MEMBERS_MAX } from '../../../../workers/chat/commands/query.ts'
import {
  DEVICES_PER_MEMBER_MAX,
  PAST_REMEMBERED_MAX,
  RUNS_PER_CHAT_MAX,
} from '../../../../workers/chat/device-records.ts'
import { brief, Room } from '../room.ts'

const BATCH = 1_000
/** As long as ids may be. */
const user = (i: number): string => `${i}`.padStart(64, 'u')

const PRINTS = Array.from({ length: 64 }, () => 2 ** 32 - 1)

function bytesOf(room: Room): number {
  let bytes = 0
  for (const [name, value] of room.fields) bytes += name.length + value.length
  return bytes
}

/** What a device sent in 64 runs, the most that is remembered of one, as if it had. */
function fillDevice(room: Room, member: string, device: string, prints: number[] = PRINTS): void {
  const who = room.chat.ever(member)
  if (who === undefined) throw new Error(`${member} was never here`)
  const record = room.chat.touchDevice(who, device, false, 1)
  const seq = room.chat.lastSeq
  record.runs = Array.from({ length: 64 }, (_, i) => ({
    clientSeq: 2 ** 50 + 2 * i,
    seq: seq * 1_000 + 2 * i,
    more: 0,
  }))
  record.highestClientSeq = 2 ** 50 + 126
  record.knownFrom = 2 ** 50
  record.prints = prints
}

/** A group through which `count` people pass, a thousand at a time, each of whom sends much from some devices. */
function busyGroup(count: number, devices: number, prints?: number[]): Room {
  const room = Room.group()
  room.membersMax = BATCH + 1
  room.create('ann', [])
  for (let first = 1; first < count; first += BATCH) {
    const members = Array.from({ length: Math.min(BATCH, count - first) }, (_, i) => user(first + i))
    for (const member of members) room.users.add(member)
    const added = room.up('ann', { add: { clientSeq: room.next('ann'), members } })
    expect(brief(added).at(-1)).toMatch(/^accepted/)
    for (const member of members)
      for (let d = 0; d < devices; d++) fillDevice(room, member, `device-${d}`, prints)
    room.chat.setLast(room.chat.lastSeq + 100_000, 0, false, false)
    room.up('ann', { remove: { clientSeq: room.next('ann'), members } })
    room.reload()
  }
  return room
}

test('a group through which 10,000 people pass stays small, and then takes no new ones (G8)', {
  timeout: 60_000,
}, () => {
  const room = busyGroup(MEMBERS_EVER_MAX, 3)
  expect([...room.chat.everMembers]).toHaveLength(MEMBERS_EVER_MAX)
  expect(bytesOf(room)).toBeLessThan(4 * 1024 * 1024)
  room.users.add('new')
  const add = (member: string): string =>
    brief(room.up('ann', { add: { clientSeq: room.next('ann'), members: [member] } })).at(-1) ?? ''
  expect(add('new')).toMatch(/chat-full$/)
  // Who was a member before is still known by number, and may come back.
  expect(room.chat.ever(user(1))?.number).toBe(1)
  expect(add(user(1))).toMatch(/^accepted/)
})

test('of who left lately a repeat is still known, of who left long before it is stale (G4, G8)', () => {
  const room = busyGroup(2 * BATCH + 1, 1, [])
  const remembered = [...room.chat.everMembers].filter(({ devices }) => devices.size > 0)
  // And ann, who is here.
  expect(remembered.length).toBeLessThanOrEqual(PAST_REMEMBERED_MAX + 1)
  const [lately] = remembered.filter((member) => member.user !== 'ann')
  const repeat = { message: { clientSeq: 2 ** 50 + 126, text: 'again' } }
  expect(brief(room.up(`${lately?.user}/device-0`, repeat))[0]).toMatch(/^accepted/)
  expect(brief(room.up(`${user(1)}/device-0`, repeat))[0]).toMatch(/stale-client-seq$/)
})

test('what is remembered of sends is bounded by chat, the devices that sent last first (G4, G8)', {
  timeout: 60_000,
}, () => {
  const room = Room.group()
  room.membersMax = 5_000
  const members = Array.from({ length: 4_999 }, (_, i) => user(i))
  for (const member of members) room.users.add(member)
  room.create('ann', [])
  for (let i = 0; i < members.length; i += BATCH)
    room.up('ann', { add: { clientSeq: room.next('ann'), members: members.slice(i, i + BATCH) } })
  for (const member of members)
    for (let d = 0; d < DEVICES_PER_MEMBER_MAX; d++) {
      room.chat.setLast(room.chat.lastSeq + 1, 0, false, false)
      fillDevice(room, member, `a-device-with-a-long-name-${d}`)
    }
  room.reload()
  expect(bytesOf(room)).toBeLessThan(STATE_BYTES_MAX)
  const devices = [...room.chat.everMembers]
    .filter((member) => member.user !== 'ann')
    .flatMap((member) => [...member.devices.values()])
  expect(devices).toHaveLength(4_999 * DEVICES_PER_MEMBER_MAX)
  const runs = devices.map((device) => device.runs.length)
  expect(runs.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(RUNS_PER_CHAT_MAX)
  const last = room.chat.ever(user(4_998))?.devices.get('a-device-with-a-long-name-15')
  const first = room.chat.ever(user(0))?.devices.get('a-device-with-a-long-name-0')
  expect([last?.runs.length, first?.runs.length, first?.highestClientSeq]).toEqual([64, 0, 2 ** 50 + 126])
})

test('the detail of a chat that has had very many members is an answer that devices take (G8)', {
  timeout: 60_000,
}, () => {
  const room = busyGroup(MEMBERS_EVER_MAX, 0)
  room.chat.setLast(2 ** 50, 0, false, false)
  const [answer] = room.up('ann', { query: { request: 7, detail: {} } })
  if (answer?.kind !== 'answer') throw new Error('no answer')
  expect(decodeDown(answer.entry).responses[0]?.chat?.members).toHaveLength(DETAIL_MEMBERS_MAX)
})

test('names of programs that send once and end are bounded by chat, and no device goes for them (G8)', () => {
  const room = Room.group()
  room.membersMax = BATCH
  const members = Array.from({ length: 300 }, (_, i) => user(i))
  for (const member of members) room.users.add(member)
  room.create('ann', members)
  for (const member of members) {
    const who = room.chat.ever(member)
    if (who === undefined) throw new Error('a member')
    room.chat.touchDevice(who, 'phone', false, 1)
    for (let i = 0; i < 64; i++) room.chat.touchDevice(who, `program-${i}`, true, 1)
  }
  room.reload()
  const devices = [...room.chat.everMembers].flatMap((member) => [...member.devices.values()])
  expect(devices.filter(({ isTransient }) => isTransient)).toHaveLength(16_384)
  expect(devices.filter(({ name }) => name === 'phone')).toHaveLength(301)
})
