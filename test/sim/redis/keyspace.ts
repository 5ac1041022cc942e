/** What a command answers: a text is one of bytes (latin1). */
export type RedisReply = number | string | null | readonly RedisReply[] | Status | RedisError

export class Status {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What a server says instead of an answer; its first word is the kind. */
export class RedisError extends Error {}

type Value =
  | { readonly kind: 'string'; text: string }
  | { readonly kind: 'hash'; readonly fields: Map<string, string> }
  | { readonly kind: 'list'; items: string[] }
  | { readonly kind: 'set'; readonly members: Set<string> }
  | { readonly kind: 'zset'; readonly scores: Map<string, number> }
type Kind = Value['kind']
type Of<K extends Kind> = Extract<Value, { kind: K }>

const EMPTY: { readonly [K in Kind]: () => Of<K> } = {
  string: () => ({ kind: 'string', text: '' }),
  hash: () => ({ kind: 'hash', fields: new Map() }),
  list: () => ({ kind: 'list', items: [] }),
  set: () => ({ kind: 'set', members: new Set() }),
  zset: () => ({ kind: 'zset', scores: new Map() }),
}

function copyOf(value: Value): Value {
  switch (value.kind) {
    case 'string':
      return { ...value }
    case 'hash':
      return { kind: 'hash', fields: new Map(value.fields) }
    case 'list':
      return { kind: 'list', items: [...value.items] }
    case 'set':
      return { kind: 'set', members: new Set(value.members) }
    case 'zset':
      return { kind: 'zset', scores: new Map(value.scores) }
  }
}

function sizeOf(value: Value): number {
  switch (value.kind) {
    case 'string':
      return 1
    case 'hash':
      return value.fields.size
    case 'list':
      return value.items.length
    case 'set':
      return value.members.size
    case 'zset':
      return value.scores.size
  }
}

/** What keys held before something was written: to be put back if that never became durable. */
export type Undo = ReadonlyMap<string, unknown>

/** Keys and the commands on them that the product's scripts use. */
export class Keyspace {
  readonly #values = new Map<string, Value>()
  readonly #chance: () => number
  #undo = new Map<string, Value | undefined>()
  /** No memory is left: what takes more is refused. */
  isFull = false

  constructor(chance: () => number) {
    this.#chance = chance
  }

  get size(): number {
    return this.#values.size
  }

  /** All keys, and how much each has. */
  sizes(): [key: string, size: number][] {
    return Array.from(this.#values, ([key, value]) => [key, sizeOf(value)])
  }

  /** What was written since the last time. */
  written(): Undo {
    const undo = this.#undo
    this.#undo = new Map()
    return undo
  }

  takeBack(undo: Undo): void {
    for (const [key, value] of undo as Map<string, Value | undefined>)
      if (value === undefined) this.#values.delete(key)
      else this.#values.set(key, value)
  }

  clear(): void {
    this.#values.clear()
    this.#undo.clear()
  }

  /** @throws RedisError */
  call(name: string, args: readonly string[]): RedisReply {
    const command = COMMANDS[name]
    if (command === undefined) throw new RedisError(`ERR unknown command '${name}'`)
    if (this.isFull && GROWING.has(name) && this.#undo.size === 0)
      throw new RedisError("OOM command not allowed when used memory > 'maxmemory'.")
    return command(this, args)
  }

  read<K extends Kind>(key: string, kind: K): Of<K> | undefined {
    const value = this.#values.get(key)
    if (value !== undefined && value.kind !== kind)
      throw new RedisError('WRONGTYPE Operation against a key holding the wrong kind of value')
    return value as Of<K> | undefined
  }

  has(key: string): boolean {
    return this.#values.has(key)
  }

  /** Changes what is there, or a new one; what is empty then is not there. */
  change<K extends Kind, Result>(key: string, kind: K, act: (value: Of<K>) => Result): Result {
    const before = this.read(key, kind)
    this.#touch(key)
    const value = before ?? EMPTY[kind]()
    const result = act(value)
    if (sizeOf(value) === 0) this.#values.delete(key)
    else this.#values.set(key, value)
    return result
  }

  remove(key: string): boolean {
    if (!this.#values.has(key)) return false
    this.#touch(key)
    return this.#values.delete(key)
  }

  replace(key: string, text: string): void {
    this.#touch(key)
    this.#values.set(key, { kind: 'string', text })
  }

  /** Some of a set, in any order. */
  some(members: Iterable<string>, count: number): string[] {
    const left = [...members]
    const taken: string[] = []
    while (left.length > 0 && taken.length < count)
      taken.push(...left.splice(Math.floor(this.#chance() * left.length), 1))
    return taken
  }

  #touch(key: string): void {
    if (this.#undo.has(key)) return
    const value = this.#values.get(key)
    this.#undo.set(key, value && copyOf(value))
  }
}

type Command = (keys: Keyspace, args: readonly string[]) => RedisReply

const GROWING = new Set(['SET', 'HSET', 'HINCRBY', 'LPUSH', 'RPUSH', 'LSET', 'SADD', 'ZADD'])

const count = (results: readonly boolean[]): number => results.filter(Boolean).length

/** An index from the start, or with a sign from the end. */
const indexOf = (text: string | undefined, length: number): number => {
  const index = Number(text)
  return index < 0 ? length + index : index
}

const COMMANDS: Readonly<Record<string, Command>> = {
  DEL: (keys, names) => count(names.map((name) => keys.remove(name))),
  UNLINK: (keys, names) => count(names.map((name) => keys.remove(name))),
  EXISTS: (keys, names) => count(names.map((name) => keys.has(name))),
  GET: (keys, [key = '']) => keys.read(key, 'string')?.text ?? null,
  SET: (keys, [key = '', text = '']) => {
    keys.replace(key, text)
    return new Status('OK')
  },
  HGET: (keys, [key = '', field = '']) => keys.read(key, 'hash')?.fields.get(field) ?? null,
  HMGET: (keys, [key = '', ...fields]) => {
    const known = keys.read(key, 'hash')?.fields
    return fields.map((field) => known?.get(field) ?? null)
  },
  HGETALL: (keys, [key = '']) => [...(keys.read(key, 'hash')?.fields ?? [])].flat(),
  HVALS: (keys, [key = '']) => [...(keys.read(key, 'hash')?.fields.values() ?? [])],
  HEXISTS: (keys, [key = '', field = '']) => (keys.read(key, 'hash')?.fields.has(field) ? 1 : 0),
  HLEN: (keys, [key = '']) => keys.read(key, 'hash')?.fields.size ?? 0,
  HSET: (keys, [key = '', ...pairs]) =>
    keys.change(key, 'hash', ({ fields }) => {
      const before = fields.size
      for (let i = 0; i < pairs.length; i += 2) fields.set(pairs[i] as string, pairs[i + 1] as string)
      return fields.size - before
    }),
  HDEL: (keys, [key = '', ...names]) => {
    if (keys.read(key, 'hash') === undefined) return 0
    return keys.change(key, 'hash', ({ fields }) => count(names.map((name) => fields.delete(name))))
  },
  HINCRBY: (keys, [key = '', field = '', by = '']) =>
    keys.change(key, 'hash', ({ fields }) => {
      const before = fields.get(field) ?? '0'
      if (!/^-?\d+$/.test(before)) throw new RedisError('ERR hash value is not an integer')
      const value = Number(before) + Number(by)
      fields.set(field, String(value))
      return value
    }),
  LLEN: (keys, [key = '']) => keys.read(key, 'list')?.items.length ?? 0,
  LINDEX: (keys, [key = '', index]) => {
    const items = keys.read(key, 'list')?.items ?? []
    return items[indexOf(index, items.length)] ?? null
  },
  LRANGE: (keys, [key = '', from, to]) => {
    const items = keys.read(key, 'list')?.items ?? []
    return items.slice(Math.max(0, indexOf(from, items.length)), Math.max(0, indexOf(to, items.length) + 1))
  },
  // Of what can be asked only what is: the first so many.
  LPOS: (keys, [key = '', text, , most]) => {
    const items = keys.read(key, 'list')?.items ?? []
    return items.flatMap((item, i) => (item === text ? [i] : [])).slice(0, Number(most))
  },
  LREM: (keys, [key = '', most, text]) => {
    if (keys.read(key, 'list') === undefined) return 0
    return keys.change(key, 'list', (list) => {
      let left = Number(most)
      const before = list.items.length
      list.items = list.items.filter((item) => item !== text || left-- <= 0)
      return before - list.items.length
    })
  },
  LSET: (keys, [key = '', index, text = '']) => {
    if (keys.read(key, 'list') === undefined) throw new RedisError('ERR no such key')
    return keys.change(key, 'list', ({ items }) => {
      const at = indexOf(index, items.length)
      if (at < 0 || at >= items.length) throw new RedisError('ERR index out of range')
      items[at] = text
      return new Status('OK')
    })
  },
  LPOP: (keys, [key = '', most]) => {
    if (keys.read(key, 'list') === undefined) return null
    const popped = keys.change(key, 'list', ({ items }) => items.splice(0, Number(most ?? 1)))
    return most === undefined ? (popped[0] as string) : popped
  },
  LPUSH: (keys, [key = '', ...texts]) =>
    keys.change(key, 'list', ({ items }) => items.unshift(...texts.toReversed())),
  RPUSH: (keys, [key = '', ...texts]) => keys.change(key, 'list', ({ items }) => items.push(...texts)),
  SADD: (keys, [key = '', ...names]) =>
    keys.change(key, 'set', ({ members }) => {
      const before = members.size
      for (const name of names) members.add(name)
      return members.size - before
    }),
  SREM: (keys, [key = '', ...names]) => {
    if (keys.read(key, 'set') === undefined) return 0
    return keys.change(key, 'set', ({ members }) => count(names.map((name) => members.delete(name))))
  },
  SRANDMEMBER: (keys, [key = '', most]) => keys.some(keys.read(key, 'set')?.members ?? [], Number(most)),
  ZADD: (keys, [key = '', score = '', member = '']) =>
    keys.change(key, 'zset', ({ scores }) => {
      const isNew = !scores.has(member)
      scores.set(member, Number(score))
      return isNew ? 1 : 0
    }),
  ZREM: (keys, [key = '', ...names]) => {
    if (keys.read(key, 'zset') === undefined) return 0
    return keys.change(key, 'zset', ({ scores }) => count(names.map((name) => scores.delete(name))))
  },
  // Of what can be asked only what is: from the lowest, at most so many.
  ZRANGEBYSCORE: (keys, [key = '', , to, , skipped, most]) =>
    [...(keys.read(key, 'zset')?.scores ?? [])]
      .filter(([, score]) => score <= Number(to))
      .toSorted(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
      .slice(Number(skipped), Number(skipped) + Number(most))
      .map(([member]) => member),
}
