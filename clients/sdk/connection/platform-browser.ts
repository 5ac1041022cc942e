import mqtt from 'mqtt'
import { UnreachableError } from '../errors.ts'
import type { Platform } from './platform.ts'

/** WebSocket only: `ws://` and `wss://`. */
export const browserPlatform: Platform = {
  open(url, options) {
    if (!/^wss?:\/\//.test(url)) {
      throw new UnreachableError('bad-url', `a browser connects to ws:// or wss:// only, not to ${url}`, {
        retryable: false,
      })
    }
    return mqtt.connect(url, { ...options, protocolVersion: 4 })
  },

  onWake(callback) {
    const visible = (): void => {
      if (document.visibilityState === 'visible') callback()
    }
    // React Native has neither; a web worker has no document.
    const hasWindow = 'addEventListener' in globalThis
    const hasDocument = typeof document !== 'undefined'
    if (!hasWindow) return () => {}
    globalThis.addEventListener('online', callback)
    globalThis.addEventListener('pageshow', callback)
    if (hasDocument) document.addEventListener('visibilitychange', visible)
    return () => {
      globalThis.removeEventListener('online', callback)
      globalThis.removeEventListener('pageshow', callback)
      if (hasDocument) document.removeEventListener('visibilitychange', visible)
    }
  },
}
