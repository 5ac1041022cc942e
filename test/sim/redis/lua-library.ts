import {
  isLess,
  LuaError,
  LuaTable,
  Many,
  numeric,
  textual,
  toNumber,
  toText,
  typeOf,
  isTrue,
  first,
  type LuaFunction,
  type LuaValue,
} from './lua-values.ts'
import { packMessages, packStruct, unpackMessages, unpackStruct } from './lua-packing.ts'

/** What Lua's stack holds. */
const UNPACKED_MAX = 7_999

function tableOf(value: LuaValue): LuaTable {
  if (value instanceof LuaTable) return value
  throw new LuaError(`bad argument (table expected, got ${typeOf(value)})`)
}

/** Positions as `string.sub` takes them: from 1, or from the end. @returns of JavaScript's */
function span(text: string, from: number, to: number): [number, number] {
  const start = from < 0 ? Math.max(text.length + from, 0) : Math.max(from, 1) - 1
  return [start, to < 0 ? text.length + to + 1 : Math.min(to, text.length)]
}

const CLASSES: Readonly<Record<string, string>> = {
  Z: '[^\\0]',
  d: '\\d',
  S: '[^\\s]',
  s: '\\s',
  u: '[A-Z]',
  w: '[A-Za-z0-9]',
}
const patterns = new Map<string, RegExp>()

/** Of Lua's patterns those that are regular expressions in other letters. */
function patternOf(pattern: string): RegExp {
  let known = patterns.get(pattern)
  if (known === undefined) {
    const source = pattern.replace(/%(.)|-/g, (found, name: string | undefined) => {
      if (name === undefined) return '*?'
      const known = CLASSES[name]
      if (known === undefined && /[a-z]/i.test(name)) throw new Error(`this Lua knows no ${found}`)
      return known ?? `\\${name}`
    })
    known = new RegExp(source, 's')
    patterns.set(pattern, known)
  }
  return known
}

const strings: Readonly<Record<string, LuaFunction>> = {
  byte: (text, from = 1, to = from) => {
    const [start, end] = span(textual(text), numeric(from), numeric(to))
    if (end - start === 1) return textual(text).charCodeAt(start)
    const bytes: number[] = []
    for (let i = start; i < end; i++) bytes.push(textual(text).charCodeAt(i))
    return new Many(bytes)
  },
  sub: (text, from, to = -1) => textual(text).slice(...span(textual(text), numeric(from), numeric(to))),
  match: (text, pattern) => {
    const found = patternOf(textual(pattern)).exec(textual(text))
    if (found === null) return undefined
    return found.length === 1 ? found[0] : new Many(found.slice(1))
  },
  find: (text, pattern) => {
    const found = patternOf(textual(pattern)).exec(textual(text))
    return found === null ? undefined : new Many([found.index + 1, found.index + found[0].length])
  },
  rep: (text, times) => textual(text).repeat(Math.max(0, numeric(times))),
  char: (...codes) => String.fromCharCode(...codes.map(numeric)),
  format: (format, value) => {
    if (format === '%.0f') return numeric(value).toFixed(0)
    if (format === '%d') return String(Math.trunc(numeric(value)))
    throw new Error(`this Lua formats no ${toText(format)}`)
  },
}

const maths: Readonly<Record<string, LuaValue>> = {
  floor: (value) => Math.floor(numeric(value)),
  ceil: (value) => Math.ceil(numeric(value)),
  min: (...values) => Math.min(...values.map(numeric)),
  max: (...values) => Math.max(...values.map(numeric)),
  huge: Infinity,
}

const tables: Readonly<Record<string, LuaFunction>> = {
  concat: (table, between = '', from = 1, to = tableOf(table).length) => {
    const parts: string[] = []
    for (let i = numeric(from); i <= numeric(to); i++) parts.push(textual(tableOf(table).get(i)))
    return parts.join(textual(between))
  },
  sort: (table, isBefore) => {
    const before =
      typeof isBefore === 'function' ? (a: LuaValue, b: LuaValue) => isTrue(first(isBefore(a, b))) : isLess
    tableOf(table).list.sort((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0))
    return undefined
  },
}

const basics: Readonly<Record<string, LuaFunction>> = {
  tonumber: (value) => toNumber(value),
  tostring: (value) => toText(value),
  type: (value) => typeOf(value),
  next: (table) => {
    const [entry] = tableOf(table).entries()
    return entry === undefined ? undefined : new Many(entry)
  },
  unpack: (table, from = 1, to = tableOf(table).length) => {
    const values: LuaValue[] = []
    if (numeric(to) - numeric(from) >= UNPACKED_MAX) throw new LuaError('too many results to unpack')
    for (let i = numeric(from); i <= numeric(to); i++) values.push(tableOf(table).get(i))
    return new Many(values)
  },
  error: (value) => {
    throw new LuaError(value)
  },
  pcall: (callee, ...args) => {
    try {
      if (typeof callee !== 'function') throw new LuaError(`attempt to call a ${typeOf(callee)} value`)
      const result = callee(...args)
      return new Many([true, ...(result instanceof Many ? result.values : [result])])
    } catch (error) {
      if (!(error instanceof LuaError)) throw error
      return new Many([false, error.value])
    }
  },
}

const bits: Readonly<Record<string, LuaFunction>> = {
  band: (...values) => values.map(numeric).reduce((all, value) => all & value, -1),
}

const packing: Readonly<Record<string, Readonly<Record<string, LuaFunction>>>> = {
  struct: {
    pack: (format, ...values) => packStruct(textual(format), values),
    unpack: (format, bytes, from = 1) =>
      new Many(unpackStruct(textual(format), textual(bytes), numeric(from))),
  },
  cmsgpack: {
    pack: (...values) => packMessages(values),
    unpack: (bytes) => new Many(unpackMessages(textual(bytes))),
  },
}

function library(functions: Readonly<Record<string, LuaValue>>): LuaTable {
  const table = new LuaTable()
  for (const [name, value] of Object.entries(functions)) table.set(name, value)
  return table
}

/** All that a script finds, but KEYS, ARGV and redis. */
export function globals(): LuaTable {
  const table = library(basics)
  const named = { string: strings, math: maths, table: tables, bit: bits, ...packing }
  for (const [name, functions] of Object.entries(named)) table.set(name, library(functions))
  return table
}
