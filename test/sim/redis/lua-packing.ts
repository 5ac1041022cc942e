import { LuaError, numeric, textual, type LuaValue } from './lua-values.ts'

interface Field {
  readonly kind: 'double' | 'unsigned' | 'bytes'
  readonly size: number
}

const formats = new Map<string, readonly Field[]>()

/** `struct` as Redis has it, of what is big-endian: d, B, I<bytes>, c<bytes>. */
function fieldsOf(format: string): readonly Field[] {
  let fields = formats.get(format)
  if (fields === undefined) {
    if (!/^>(?:d|B|I\d+|c\d+)+$/.test(format)) throw new Error(`this struct knows no ${format}`)
    fields = [...format.matchAll(/(d|B|I|c)(\d*)/g)].map(([, kind, size]): Field => {
      if (kind === 'd') return { kind: 'double', size: 8 }
      if (kind === 'B') return { kind: 'unsigned', size: 1 }
      return { kind: kind === 'I' ? 'unsigned' : 'bytes', size: Number(size) }
    })
    formats.set(format, fields)
  }
  return fields
}

export function packStruct(format: string, values: readonly LuaValue[]): string {
  return fieldsOf(format)
    .map(({ kind, size }, i) => {
      if (kind === 'bytes') return textual(values[i]).slice(0, size)
      const bytes = Buffer.alloc(size)
      if (kind === 'double') bytes.writeDoubleBE(numeric(values[i]))
      else bytes.writeUIntBE(numeric(values[i]), 0, size)
      return bytes.toString('latin1')
    })
    .join('')
}

export function unpackStruct(format: string, text: string, from: number): LuaValue[] {
  let at = from - 1
  const values: LuaValue[] = []
  for (const { kind, size } of fieldsOf(format)) {
    if (at + size > text.length) throw new LuaError('data string too short')
    const part = text.slice(at, at + size)
    if (kind === 'bytes') values.push(part)
    else {
      const bytes = Buffer.from(part, 'latin1')
      values.push(kind === 'double' ? bytes.readDoubleBE() : bytes.readUIntBE(0, size))
    }
    at += size
  }
  values.push(at + 1)
  return values
}

/** `cmsgpack` of numbers. Source: the MessagePack specification. */
export function packMessages(values: readonly LuaValue[]): string {
  return values.map((value) => packed(numeric(value)).toString('latin1')).join('')
}

function packed(value: number): Buffer {
  if (!Number.isSafeInteger(value)) {
    const bytes = Buffer.alloc(9, 0xcb)
    bytes.writeDoubleBE(value, 1)
    return bytes
  }
  if (value >= -32 && value < 128) return Buffer.from([value & 0xff])
  const isNegative = value < 0
  const size =
    [1, 2, 4].find((size) => (isNegative ? value >= -(2 ** (8 * size - 1)) : value < 2 ** (8 * size))) ?? 8
  const bytes = Buffer.alloc(1 + size)
  bytes[0] = (isNegative ? 0xd0 : 0xcc) + Math.log2(size)
  if (size === 8) bytes.writeBigInt64BE(BigInt(value), 1)
  else if (isNegative) bytes.writeIntBE(value, 1, size)
  else bytes.writeUIntBE(value, 1, size)
  return bytes
}

export function unpackMessages(text: string): number[] {
  const bytes = Buffer.from(text, 'latin1')
  const values: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const type = bytes[at++] as number
    if (type < 0x80 || type >= 0xe0) {
      values.push(type < 0x80 ? type : type - 0x100)
      continue
    }
    const size = type === 0xca ? 4 : type === 0xcb ? 8 : 2 ** ((type - 0xcc) & 3)
    if (type < 0xca || type > 0xd3 || at + size > bytes.length)
      throw new LuaError('Bad data format in input.')
    if (type === 0xca) values.push(bytes.readFloatBE(at))
    else if (type === 0xcb) values.push(bytes.readDoubleBE(at))
    else if (size === 8)
      values.push(Number(type < 0xd0 ? bytes.readBigUInt64BE(at) : bytes.readBigInt64BE(at)))
    else values.push(type < 0xd0 ? bytes.readUIntBE(at, size) : bytes.readIntBE(at, size))
    at += size
  }
  return values
}
