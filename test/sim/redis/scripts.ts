import { createHash } from 'node:crypto'
import { RedisError, Status, type Keyspace, type RedisReply } from './keyspace.ts'
import { compile, type Chunk } from './lua-compiler.ts'
import { globals } from './lua-library.ts'
import { first, LuaError, LuaTable, textual, type LuaFunction, type LuaValue } from './lua-values.ts'

/** Compiled once for all servers of all lives: a script keeps nothing between two calls. */
const compiled = new Map<string, Chunk>()

/** The scripts that a server has seen, by their digests. */
export class Scripts {
  readonly #known = new Map<string, Chunk>()
  readonly #keys: Keyspace
  readonly #wallMs: () => number
  /** The same for all scripts, as in a server: none changes them. */
  readonly #globals = globals()

  constructor(keys: Keyspace, wallMs: () => number) {
    this.#keys = keys
    this.#wallMs = wallMs
    const redis = new LuaTable()
    redis.set('call', this.#call)
    this.#globals.set('redis', redis)
  }

  learn(lua: string): string {
    const sha = createHash('sha1').update(lua, 'latin1').digest('hex')
    let chunk = compiled.get(sha)
    if (chunk === undefined) {
      chunk = compile(lua)
      compiled.set(sha, chunk)
    }
    this.#known.set(sha, chunk)
    return sha
  }

  forgetAll(): void {
    this.#known.clear()
  }

  /** @throws RedisError */
  run(sha: string, keys: readonly string[], args: readonly string[]): RedisReply {
    const chunk = this.#known.get(sha)
    if (chunk === undefined) throw new RedisError('NOSCRIPT No matching script. Please use EVAL.')
    this.#globals.set('KEYS', new LuaTable([...keys]))
    this.#globals.set('ARGV', new LuaTable([...args]))
    try {
      return replyOf(first(chunk(this.#globals)))
    } catch (error) {
      if (!(error instanceof LuaError)) throw error
      const { value } = error
      throw new RedisError(value instanceof LuaTable ? textual(value.get('err')) : `ERR ${error.message}`)
    }
  }

  readonly #call: LuaFunction = (name, ...args) => {
    const command = textual(name)
    if (command === 'TIME') {
      const ms = this.#wallMs()
      return new LuaTable([String(Math.floor(ms / 1000)), String(Math.floor((ms % 1000) * 1000))])
    }
    try {
      return valueOf(this.#keys.call(command, args.map(argument)))
    } catch (error) {
      if (!(error instanceof RedisError)) throw error
      throw new LuaError(tableWith('err', error.message))
    }
  }
}

/** A script's argument of a command. Numbers as C's %.17g. */
function argument(value: LuaValue): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'number')
    throw new LuaError(tableWith('err', 'ERR Lua redis lib command arguments must be strings or integers'))
  return Number.isInteger(value) ? BigInt(value).toString() : String(Number(value.toPrecision(17)))
}

function tableWith(key: string, value: LuaValue): LuaTable {
  const table = new LuaTable()
  table.set(key, value)
  return table
}

function valueOf(reply: RedisReply): LuaValue {
  if (reply === null) return false
  if (reply instanceof Status) return tableWith('ok', reply.text)
  if (typeof reply === 'number' || typeof reply === 'string') return reply
  return new LuaTable((reply as readonly RedisReply[]).map(valueOf))
}

function replyOf(value: LuaValue): RedisReply {
  if (value === undefined || value === false || typeof value === 'function') return null
  if (value === true) return 1
  if (typeof value === 'number') return Math.trunc(value)
  if (typeof value === 'string') return value
  const [error, ok] = [value.get('err'), value.get('ok')]
  if (error !== undefined) return new RedisError(textual(error))
  if (ok !== undefined) return new Status(textual(ok))
  const end = value.list.indexOf(undefined)
  return value.list.slice(0, end < 0 ? undefined : end).map(replyOf)
}
