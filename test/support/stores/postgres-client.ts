import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What a client of PostgreSQL sends, byte by byte: for tests of what pg would never do. */

export const STARTUP = first(196_608, Buffer.from('user\0postgres\0database\0postgres\0\0'))
export const SYNC = message('S')

/** @param code the protocol's version, or what is wanted instead of a session */
export function first(code: number, body: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([int32(8 + body.length), int32(code), body])
}

export function message(type: string, body: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.from(type), int32(4 + body.length), body])
}

export function query(sql: string): Buffer {
  return message('Q', Buffer.from(`${sql}\0`))
}

/** Parse, Bind and Execute, without Sync. @param name of the prepared statement */
export function extended(sql: string, name = ''): Buffer {
  return Buffer.concat([
    message('P', Buffer.from(`${name}\0${sql}\0\0\0`)),
    message('B', Buffer.from(`\0${name}\0\0\0\0\0\0\0`)),
    message('E', Buffer.from('\0\0\0\0\0')),
  ])
}

/** A client whose bytes are the test's. */
export async function connectRaw(path: string, bytes: Buffer): Promise<Socket> {
  const socket = connect(path)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  await new Promise((resolve) => socket.write(bytes, resolve))
  return socket
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
