import { connect as connectTcp, isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import mqtt from 'mqtt'
import { createWebSocketStream, WebSocket } from 'ws'
import { UnreachableError } from '../errors.ts'
import type { Platform } from './platform.ts'

/** `mqtt://` and `mqtts://` over TCP, `ws://` and `wss://`. TCP_NODELAY on all (trap 18). */
export const nodePlatform: Platform = {
  open(url, options) {
    const open = opener(url)
    // mqtt.js wants a stream of its own kind; Node's has all of it.
    return new mqtt.MqttClient(open as () => never, { ...options, protocolVersion: 4 })
  },
  onWake: () => () => {},
}

function opener(url: string): () => Duplex {
  const { protocol, hostname, port } = parse(url)
  // An IPv6 address stands in brackets in a URL.
  const host = hostname.replace(/^\[|\]$/g, '')
  switch (protocol) {
    case 'mqtt:':
      return () => connectTcp({ host, port: Number(port || 1883), noDelay: true })
    case 'mqtts:':
      return () => connectTls({ host, ...serverName(host), port: Number(port || 8883) }).setNoDelay(true)
    case 'ws:':
    case 'wss:':
      return () => webSocketStream(url)
    default:
      throw new UnreachableError('bad-url', `${url} does not begin with mqtt://, mqtts://, ws:// or wss://`, {
        retryable: false,
      })
  }
}

function parse(url: string): URL {
  try {
    return new URL(url)
  } catch (cause) {
    throw new UnreachableError('bad-url', `${url} is not a URL`, { retryable: false, cause })
  }
}

/** An address is none: RFC 6066 knows host names only. */
function serverName(host: string): { servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {}
}

/** ws has no writev: without this, one packet would leave as many WebSocket messages. */
function webSocketStream(url: string): Duplex {
  const socket = new WebSocket(url, ['mqtt'], { perMessageDeflate: false })
  const stream = createWebSocketStream(socket)
  stream._writev = (chunks, callback) => {
    stream._write(Buffer.concat(chunks.map(({ chunk }) => chunk as Uint8Array)), 'binary', callback)
  }
  socket.on('close', () => stream.destroy())
  return stream
}
