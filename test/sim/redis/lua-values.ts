/** What Lua 5.1 has, as JavaScript: nil is undefined, a string is one of bytes (latin1), a function a function. */
export type LuaValue = undefined | boolean | number | string | LuaTable | LuaFunction
/** Gives one value, or `Many`. */
export type LuaFunction = (...args: LuaValue[]) => LuaValue | Many

/** More or fewer values than one. */
export class Many {
  readonly values: readonly LuaValue[]
  constructor(values: readonly LuaValue[]) {
    this.values = values
  }
}

/** What `error` throws. */
export class LuaError extends Error {
  readonly value: LuaValue
  constructor(value: LuaValue) {
    super(value instanceof LuaTable ? toText(value.get('err') ?? 'a table') : toText(value))
    this.value = value
  }
}

/** A table: what is at 1, 2, 3 … in a row, and all else in the order in which it came. */
export class LuaTable {
  readonly list: LuaValue[]
  readonly #rest = new Map<LuaValue, LuaValue>()

  constructor(list: LuaValue[] = []) {
    this.list = list
  }

  get length(): number {
    return this.list.length
  }

  get(key: LuaValue): LuaValue {
    if (typeof key === 'number' && key >= 1 && key <= this.list.length) return this.list[key - 1]
    return this.#rest.get(key)
  }

  set(key: LuaValue, value: LuaValue): void {
    if (key === undefined) throw new LuaError('table index is nil')
    const { list } = this
    if (typeof key === 'number' && key >= 1 && key <= list.length) {
      list[key - 1] = value
      while (list.length > 0 && list.at(-1) === undefined) list.pop()
    } else if (value === undefined) this.#rest.delete(key)
    else if (key === list.length + 1) {
      this.#rest.delete(key)
      list.push(value)
      for (let next = list.length + 1; this.#rest.has(next); next++) {
        list.push(this.#rest.get(next))
        this.#rest.delete(next)
      }
    } else this.#rest.set(key, value)
  }

  /** All there is at present. */
  entries(): [LuaValue, LuaValue][] {
    const entries: [LuaValue, LuaValue][] = []
    this.list.forEach((value, i) => {
      if (value !== undefined) entries.push([i + 1, value])
    })
    return [...entries, ...this.#rest.entries()]
  }
}

export function isTrue(value: LuaValue): boolean {
  return value !== undefined && value !== false
}

/** The first of what a call gave. */
export function first(value: LuaValue | Many): LuaValue {
  return value instanceof Many ? value.values[0] : value
}

/** All that a call gave. */
export function all(value: LuaValue | Many): readonly LuaValue[] {
  return value instanceof Many ? value.values : [value]
}

const NUMBER = /^\s*[+-]?(?:0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*$/i

export function toNumber(value: LuaValue): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && NUMBER.test(value) ? Number(value) : undefined
}

/** As arithmetic takes it. */
export function numeric(value: LuaValue): number {
  if (typeof value === 'number') return value
  const number = toNumber(value)
  if (number === undefined) throw new LuaError(`attempt to perform arithmetic on a ${typeOf(value)} value`)
  return number
}

/** As concatenation takes it. */
export function textual(value: LuaValue): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'number') throw new LuaError(`attempt to concatenate a ${typeOf(value)} value`)
  return toText(value)
}

/** C's %.14g for a number. */
export function toText(value: LuaValue): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'number') return typeof value === 'boolean' ? String(value) : typeOf(value)
  if (Number.isInteger(value) && Math.abs(value) < 1e14) return String(value)
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  const [digits = '', exponent = '0'] = value.toExponential(13).split('e')
  const power = Number(exponent)
  const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
  if (power < -4 || power >= 14)
    return `${trimmed(digits)}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  return trimmed(value.toFixed(13 - power))
}

export function typeOf(value: LuaValue): string {
  if (value === undefined) return 'nil'
  return value instanceof LuaTable ? 'table' : typeof value
}

export function at(value: LuaValue, key: LuaValue): LuaValue {
  if (value instanceof LuaTable) return value.get(key)
  throw new LuaError(`attempt to index a ${typeOf(value)} value`)
}

export function put(value: LuaValue, key: LuaValue, to: LuaValue): void {
  if (!(value instanceof LuaTable)) throw new LuaError(`attempt to index a ${typeOf(value)} value`)
  value.set(key, to)
}

export function lengthOf(value: LuaValue): number {
  if (typeof value === 'string' || value instanceof LuaTable) return value.length
  throw new LuaError(`attempt to get length of a ${typeOf(value)} value`)
}

export function isLess(a: LuaValue, b: LuaValue): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b
  if (typeof a === 'string' && typeof b === 'string') return a < b
  throw new LuaError(`attempt to compare ${typeOf(a)} with ${typeOf(b)}`)
}

export function modulo(a: LuaValue, b: LuaValue): number {
  const [left, right] = [numeric(a), numeric(b)]
  return left - Math.floor(left / right) * right
}

export function invoke(callee: LuaValue, ...args: LuaValue[]): LuaValue | Many {
  if (typeof callee !== 'function') throw new LuaError(`attempt to call a ${typeOf(callee)} value`)
  return callee(...args)
}

export function isNotMore(a: LuaValue, b: LuaValue): boolean {
  return !isLess(b, a)
}

export function tableOf(list: LuaValue[], named: readonly (readonly [LuaValue, LuaValue])[] = []): LuaTable {
  while (list.length > 0 && list.at(-1) === undefined) list.pop()
  const table = new LuaTable(list)
  for (const [key, value] of named) if (value !== undefined) table.set(key, value)
  return table
}

/** What `pairs` goes through. */
export function entries(table: LuaValue): [LuaValue, LuaValue][] {
  if (table instanceof LuaTable) return table.entries()
  throw new LuaError(`bad argument #1 to 'pairs' (table expected, got ${typeOf(table)})`)
}

/** What `ipairs` goes through. */
export function* inOrder(table: LuaValue): Generator<[number, LuaValue]> {
  for (let i = 1; ; i++) {
    const value = at(table, i)
    if (value === undefined) return
    yield [i, value]
  }
}
