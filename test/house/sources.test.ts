import { expect, test } from 'vitest'
import { filesOf, isTypeScript, read } from './tree.ts'

const sources = filesOf('.', isTypeScript)
const product = sources.filter((path) => /^(?:broker|workers|clients|proto|kit)\//.test(path))

test('the sources were found', () => {
  expect(product.length).toBeGreaterThan(50)
})

test('nothing is left to do: no stray marks, no test that runs alone', () => {
  const marks = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', '\\.on' + 'ly\\('].join('|'))
  expect(sources.filter((path) => marks.test(read(path)))).toEqual([])
})

test('trap 12: what others call messageId is a packetId beyond the border', () => {
  const border = product.filter((path) => /\bmessageId\b/.test(read(path)))
  for (const path of border)
    expect(path).toMatch(/^broker\/(?:engine\/|lanes\/publish-packet|listeners\/mqtt-|broker\.ts)/)
})

test('trap 14: mqtt.js is always told to speak 3.1.1', () => {
  const dialers = sources.filter(
    (path) => /^import (?!type\b).*from 'mqtt'/m.test(read(path)) && /\bconnect(?:Async)?\(/.test(read(path)),
  )
  expect(dialers.length).toBeGreaterThan(1)
  expect(dialers.filter((path) => !/protocolVersion: 4/.test(read(path)))).toEqual([])
})

test('nobody but proto/topics.ts joins topic names', () => {
  const joined = product.filter(
    (path) => path !== 'proto/topics.ts' && /['"`][guqf]\/(?:\$\{|['"`] \+)/.test(read(path)),
  )
  // A mailbox's id looks like a topic, and is made in its own one place.
  expect(joined.filter((path) => path !== 'broker/mailbox/store.ts')).toEqual([])
})

test('only the codec and what was generated use protobufjs', () => {
  const users = product.filter((path) => /from 'protobufjs/.test(read(path)))
  expect(users).toEqual(['proto/codec.ts', 'proto/long.ts'])
})
