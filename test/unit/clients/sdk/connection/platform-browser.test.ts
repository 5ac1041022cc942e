import { expect, test } from 'vitest'
import { browserPlatform } from '../../../../../clients/sdk/connection/platform-browser.ts'

// Node has neither globalThis.addEventListener nor document here, like React Native.
test('where nothing tells of waking up, the client goes by its own timers', () => {
  expect(() => browserPlatform.onWake(() => {})()).not.toThrow()
})

test('an address that a browser cannot connect to is refused with the reason', () => {
  expect(() => browserPlatform.open('mqtt://127.0.0.1:1883', {} as never)).toThrow(/ws:\/\/ or wss:\/\/ only/)
})
