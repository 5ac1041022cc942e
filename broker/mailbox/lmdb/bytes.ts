import { assert } from '../../../kit/assert.ts'

const INITIAL_BYTES = 64 * 1024
const KEPT_BYTES_MAX = 4 * 1024 * 1024
const TEXT_BYTES_MAX = 255

/**
 * A buffer that grows, written front to back. Numbers are whole, 0 to 2^53, in 7-bit groups; texts are latin1
 * behind one byte of length (every id, key and field of ours is latin1 and shorter).
 */
export class ByteWriter {
  at = 0
  #bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES)

  /** What stands there by now: what comes later may stand elsewhere. */
  get written(): Buffer {
    return this.#bytes
  }

  /** Leaves room. */
  skip(bytes: number): void {
    if (this.at + bytes > this.#bytes.length) this.#grow(bytes)
    this.at += bytes
  }

  byte(value: number): void {
    if (this.at === this.#bytes.length) this.#grow(1)
    this.#bytes[this.at++] = value
  }

  number(value: number): void {
    if (this.at + 8 > this.#bytes.length) this.#grow(8)
    let rest = value
    while (rest > 127) {
      this.#bytes[this.at++] = (rest % 128) | 128
      rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 128)
    }
    this.#bytes[this.at++] = rest
  }

  text(value: string): void {
    assert(value.length <= TEXT_BYTES_MAX, 'a stored name has at most 255 characters')
    if (this.at + 1 + value.length > this.#bytes.length) this.#grow(1 + value.length)
    this.#bytes[this.at] = value.length
    this.#bytes.write(value, this.at + 1, 'latin1')
    this.at += 1 + value.length
  }

  /** Bytes as they are; the reader must know how many. */
  raw(value: Uint8Array): void {
    if (this.at + value.length > this.#bytes.length) this.#grow(value.length)
    this.#bytes.set(value, this.at)
    this.at += value.length
  }

  /** @returns what was written, copied, and starts anew */
  take(): Buffer {
    const taken = Buffer.allocUnsafeSlow(this.at)
    this.#bytes.copy(taken, 0, 0, this.at)
    this.clear()
    return taken
  }

  clear(): void {
    this.at = 0
    if (this.#bytes.length > KEPT_BYTES_MAX) this.#bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES)
  }

  #grow(more: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.at + more))
    this.#bytes.copy(grown, 0, 0, this.at)
    this.#bytes = grown
  }
}

/** Reads what ByteWriter has written. @throws RangeError at the end of the bytes */
export class ByteReader {
  readonly bytes: Buffer
  at: number

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length
  }

  byte(): number {
    const value = this.bytes[this.at++]
    if (value === undefined) throw new RangeError('the record ends too early')
    return value
  }

  number(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const group = this.byte()
      value += (group & 127) * scale
      if (group < 128) return value
    }
  }

  text(): string {
    const length = this.byte()
    return this.raw(length).toString('latin1')
  }

  /** A view of the next bytes. */
  raw(length: number): Buffer {
    const end = this.at + length
    if (end > this.bytes.length) throw new RangeError('the record ends too early')
    const view = this.bytes.subarray(this.at, end)
    this.at = end
    return view
  }
}
