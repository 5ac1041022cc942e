import { describe, expect, it } from 'vitest'
import { chatIdOf } from '../../../../proto/ids.ts'
import { Unsaved } from '../../../../workers/loop/copy/unsaved.ts'
import { Room } from '../room.ts'

/** A group in which something was said, and what changed by it. */
function talk(
  seed: number,
  room = Room.group(seed),
): { room: Room; note: (unsaved: Unsaved) => string | undefined } {
  if (!room.chat.exists) room.create('ann', ['bob'])
  else room.send('ann', 'x')
  const changes = room.chat.takeChanges()
  if (changes === undefined) throw new Error('nothing changed')
  return { room, note: (unsaved) => unsaved.note(room.chat, changes) }
}
const ids = (part: ReturnType<Unsaved['takeCopies']>): number[] =>
  part.copies.map(({ chat }) => chat[0] as number)

describe('what the directory lacks', () => {
  it('is named once, until it was copied', () => {
    const unsaved = new Unsaved([])
    const { room, note } = talk(1)
    expect(note(unsaved)).toBe(chatIdOf(room.chat.bytes))
    expect(talk(1, room).note(unsaved)).toBeUndefined()
    unsaved.takeCopies(false, 10).done(true)
    expect(unsaved.takeSaved()).toEqual([room.chat.id])
    expect(unsaved.size).toBe(0)
    expect(talk(1, room).note(unsaved)).toBe(room.chat.id)
  })

  it('is copied in turns: chats that change all the time do not keep others waiting', () => {
    const unsaved = new Unsaved([])
    const rooms = [1, 2, 3, 4].map((seed) => {
      const { room, note } = talk(seed)
      note(unsaved)
      return room
    })
    const seen: number[] = []
    for (let round = 0; round < 4; round++) {
      const part = unsaved.takeCopies(false, 1)
      part.done(true)
      seen.push(...ids(part))
      for (const room of rooms) talk(0, room).note(unsaved)
    }
    expect(seen).toEqual([1, 2, 3, 4])
  })

  it('is urgent when members changed, and not for messages', () => {
    const unsaved = new Unsaved([])
    const { room, note } = talk(1)
    note(unsaved)
    expect(unsaved.hasUrgent).toBe(true)
    const part = unsaved.takeCopies(true, 10)
    expect([...unsaved.withNewRoster()]).toEqual([room.chat])
    part.done(true)
    expect([...unsaved.withNewRoster()]).toEqual([])
    talk(1, room).note(unsaved)
    expect(unsaved.hasUrgent).toBe(false)
    expect(ids(unsaved.takeCopies(true, 10))).toEqual([])
    expect(ids(unsaved.takeCopies(false, 10))).toEqual([1])
  })

  it('is urgent again, with all its members, when the write failed', () => {
    const unsaved = new Unsaved([])
    const { note } = talk(1)
    note(unsaved)
    unsaved.takeCopies(true, 10).done(false)
    expect(unsaved.hasUrgent).toBe(true)
    expect(unsaved.takeCopies(true, 10).copies[0]?.members).toHaveLength(2)
  })

  it('that an earlier owner left is asked for, at most 64 chats at a time (G8)', () => {
    const rooms = Array.from({ length: 100 }, (_, i) => talk(i).room)
    const unsaved = new Unsaved([...rooms.map((room) => room.chat.id), 'u:ann', '', 'no chat'])
    expect(unsaved.size).toBe(101)
    expect(unsaved.isWaiting(false)).toBe(false)
    expect(unsaved.isWaiting(true)).toBe(true)
    expect(unsaved.takeWanted()).toHaveLength(64)
    expect(unsaved.isWaiting(true)).toBe(false)
    for (const room of rooms.slice(0, 64)) unsaved.loaded(room.chat)
    expect(unsaved.takeWanted()).toHaveLength(36)
    for (const room of rooms.slice(64)) unsaved.loaded(room.chat)
    expect(unsaved.takeWanted()).toEqual([])
    expect(unsaved.takeCopies(false, 1_000).copies[99]?.members).toHaveLength(2)
  })

  it('that turns out not to exist is done with', () => {
    const room = Room.group(1)
    const unsaved = new Unsaved([room.chat.id])
    unsaved.takeWanted()
    unsaved.loaded(room.chat)
    unsaved.dropped(room.chat)
    expect(unsaved.takeSaved()).toEqual([room.chat.id])
    expect(unsaved.isWaiting(true)).toBe(false)
  })
})
