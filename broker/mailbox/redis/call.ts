import { Command } from 'ioredis'
import type { Script } from './script.ts'

export type Argument = string | number | Uint8Array

/**
 * One EVALSHA (or EVAL, for a server that has not seen the script). ioredis would make a buffer of each argument and
 * join them, which is most of what a call with hundreds of them costs.
 */
export class ScriptCall extends Command {
  readonly #bytes: Buffer

  constructor(by: 'evalsha' | 'eval', script: Script, keys: readonly string[], args: readonly Argument[]) {
    super(by, [], { replyEncoding: null })
    this.#bytes = encodeCommand([by, by === 'eval' ? script.lua : script.sha, keys.length, ...keys, ...args])
  }

  override toWritable(): Buffer {
    return this.#bytes
  }
}

/** A command as RESP 2 wants it: `*<parts>`, and each part as `$<bytes>`, its bytes. */
export function encodeCommand(parts: readonly Argument[]): Buffer {
  const pieces = parts.map((part) => (typeof part === 'number' ? String(part) : part))
  let size = NUMBER_BYTES_MAX
  for (const piece of pieces) {
    size += NUMBER_BYTES_MAX + 2 + (typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length)
  }
  const bytes = Buffer.allocUnsafe(size)
  let at = writeLength(bytes, 0, 0x2a, pieces.length)
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      at = writeLength(bytes, at, 0x24, Buffer.byteLength(piece))
      at += bytes.write(piece, at)
    } else {
      at = writeLength(bytes, at, 0x24, piece.length)
      bytes.set(piece, at)
      at += piece.length
    }
    bytes[at++] = 0x0d
    bytes[at++] = 0x0a
  }
  return bytes.subarray(0, at)
}

/** A sign, ten digits, CR and LF. */
const NUMBER_BYTES_MAX = 13

function writeLength(bytes: Buffer, at: number, sign: number, value: number): number {
  bytes[at++] = sign
  let scale = 1
  while (scale * 10 <= value) scale *= 10
  for (; scale >= 1; scale = Math.floor(scale / 10)) bytes[at++] = 0x30 + (Math.floor(value / scale) % 10)
  bytes[at++] = 0x0d
  bytes[at++] = 0x0a
  return at
}
