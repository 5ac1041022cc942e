import protobuf from 'protobufjs'
import { fileURLToPath } from 'node:url'

/**
 * ProtoJSON, the standard's own text form of messages, which every protobuf library reads and writes: 64-bit numbers as
 * text, bytes in base64, enums by name, no defaults. Made from the schemas at run time, so that it shares nothing with
 * the generated code that tests compare with it.
 */
type Json = null | string | number | boolean | Json[] | { [name: string]: Json }
type Shape = Record<string, unknown>

const PROTO = fileURLToPath(new URL('../../proto/', import.meta.url))
const root = new protobuf.Root()
root.loadSync(['up', 'down', 'request'].map((name) => `${PROTO}${name}.proto`))
root.resolveAll()

const WIDE = new Set(['uint64', 'fixed64'])

/** @param type a message's name, e.g. `Down` @param shape as the codec gives it */
export function toProtoJson(type: string, shape: object): { [name: string]: Json } {
  const json: { [name: string]: Json } = {}
  for (const field of root.lookupType(type).fieldsArray) {
    const value = Object.hasOwn(shape, field.name) ? (shape as Shape)[field.name] : undefined
    if (value === undefined || value === null) continue
    if (field.repeated) {
      const items = (value as unknown[]).map((item) => itemToJson(field, item))
      if (items.length > 0) json[field.name] = items
    } else if (field.partOf || !isDefault(value)) json[field.name] = itemToJson(field, value)
  }
  return json
}

/** @returns what the codec encodes */
export function fromProtoJson(type: string, json: { [name: string]: Json }): Shape {
  const shape: Shape = {}
  for (const [name, value] of Object.entries(json)) {
    const field = root.lookupType(type).fields[name]
    if (!field) throw new Error(`${type} has no field ${name}`)
    shape[name] = Array.isArray(value)
      ? value.map((item) => itemFromJson(field, item))
      : itemFromJson(field, value)
  }
  return shape
}

function isDefault(value: unknown): boolean {
  return value === 0 || value === '' || value === false || (value instanceof Uint8Array && value.length === 0)
}

function itemToJson({ type, resolvedType }: protobuf.Field, value: unknown): Json {
  if (resolvedType instanceof protobuf.Type) return toProtoJson(type, value as object)
  if (resolvedType instanceof protobuf.Enum)
    return resolvedType.valuesById[value as number] ?? (value as number)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return WIDE.has(type) ? String(value) : (value as Json)
}

function itemFromJson({ type, resolvedType }: protobuf.Field, value: Json): unknown {
  if (resolvedType instanceof protobuf.Type) return fromProtoJson(type, value as { [name: string]: Json })
  if (resolvedType instanceof protobuf.Enum) return resolvedType.values[value as string]
  if (type === 'bytes') return Buffer.from(value as string, 'base64')
  return WIDE.has(type) ? Number(value) : value
}
