import { expect, test } from 'vitest'
import { clientHost, isEverywhere } from '../../../../clients/cli/address.ts'

test.each([
  [undefined, '127.0.0.1', true],
  ['0.0.0.0', '127.0.0.1', true],
  ['::', '127.0.0.1', true],
  ['127.0.0.1', '127.0.0.1', false],
  ['192.168.1.5', '192.168.1.5', false],
  ['chat.example', 'chat.example', false],
  ['::1', '[::1]', false],
  ['fd00::5', '[fd00::5]', false],
])('a server at %s is reached at %s', (host, written, everywhere) => {
  expect(clientHost(host)).toBe(written)
  expect(isEverywhere(host)).toBe(everywhere)
  expect(new URL(`mqtt://${clientHost(host)}:1883`).port).toBe('1883')
})
