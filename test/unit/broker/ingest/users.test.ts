import { expect, test } from 'vitest'
import { readBrokerConfig } from '../../../../broker/config.ts'
import { QUIET_MS, Users } from '../../../../broker/ingest/users.ts'
import { Settings } from '../../../../kit/settings.ts'

const { connections } = readBrokerConfig(new Settings({}))
const limits = { ...connections, connectionsPerUserMax: 2, publishesPerSMax: 10 }

test('G8 a user has so many connections; one that takes the place of another is let in', () => {
  const users = new Users(limits, () => 0)
  expect(users.enter('alice', false)).toBeDefined()
  expect(users.enter('alice', false)).toBeDefined()
  expect(users.enter('alice', false)).toBeUndefined()
  expect(users.enter('alice', true)).toBeDefined()
  expect(users.enter('bob', false)).toBeDefined()
  users.leave('alice')
  users.leave('alice')
  expect(users.enter('alice', false)).toBeDefined()
})

test('G8 names of clean sessions that are gone without a word shut nobody out: the quietest gives its place', () => {
  const users = new Users<{ name: string; quietMs: number }>(limits, () => 0)
  const [cut, alive] = [
    { name: 'cut', quietMs: QUIET_MS },
    { name: 'alive', quietMs: 1 },
  ]
  for (const each of [alive, cut]) {
    users.enter('alice', false)
    users.joined('alice', each)
  }
  expect(users.takePlace('alice', true)).toBe(cut)
  users.leave('alice', cut)
  users.enter('alice', false)
  users.joined('alice', { name: 'young', quietMs: QUIET_MS - 1 })
  // To another clean session nobody who may be there gives their place, to a linked device somebody always.
  expect(users.takePlace('alice', true)).toBeUndefined()
  expect(users.takePlace('alice', false)?.name).toBe('young')
  expect(users.takePlace('bob', false)).toBeUndefined()
})

test('G8 one that gives its place gives it once, however many come before it has left', () => {
  const users = new Users<{ quietMs: number }>(limits, () => 0)
  const cut = { quietMs: QUIET_MS }
  for (const each of [cut, { quietMs: 1 }]) {
    users.enter('alice', false)
    users.joined('alice', each)
  }
  expect(users.takePlace('alice', true)).toBe(cut)
  users.enter('alice', true)
  expect(users.takePlace('alice', true)).toBeUndefined()
  users.leave('alice', cut)
  expect(users.enter('alice', false)).toBeUndefined()
})

test("G8 a user's connections share their rates, and who comes back finds the debts of before", () => {
  const users = new Users(limits, () => 0)
  users.enter('alice', false)?.publishes.take(0, 30)
  expect(users.enter('alice', false)?.publishes.wait(0)).toBe(2_000)
  users.leave('alice')
  users.leave('alice')
  expect(users.enter('alice', false)?.publishes.wait(0)).toBe(2_000)
  expect(users.enter('bob', false)?.publishes.wait(0)).toBe(0)
})
