import { createHash } from 'node:crypto'

/** A Lua script. Redis knows it by its digest once it has seen it. */
export interface Script {
  readonly name: string
  readonly lua: string
  readonly sha: string
  /** Scripts with the same share their round trips. */
  readonly queue: string
}

/** What a reply is made of. Texts and bytes come as buffers. */
export type Reply = number | Uint8Array | null | readonly Reply[]

/** `now` is the server's clock, which all nodes share: leases and expiries are not to depend on theirs. Unix ms. */
const CLOCK = /* lua */ `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`

/**
 * What a key holds that is not ours (another type, other bytes) fails the unit that meets it: its reply is an error. An
 * error that is not about a key (OOM, READONLY, …) fails the call, as it would fail every unit.
 */
const GUARD = /* lua */ `
local function guarded(...)
  local isDone, reply = pcall(...)
  if isDone then return reply end
  local said = type(reply) == 'table' and reply.err or tostring(reply)
  local kind = said:match('^(%u+) ')
  if kind and kind ~= 'WRONGTYPE' and kind ~= 'ERR' then error({ err = said }, 0) end
  return { err = kind and said or 'ERR ' .. said }
end
`

/** Entries that left their mailboxes and shared their bytes (lua/box.ts), of all units. */
const RELEASED = 'local released = {}'

/**
 * A script carries out independent units: on a single server many of them, in a cluster those of one slot, go in one
 * call, which is three times cheaper than a call each. `body` is the inside of `unit(k, a, last, lastKey)`, whose keys
 * are KEYS[k] … KEYS[lastKey], whose arguments are ARGV[a] … ARGV[last], and which may use `now`.
 *
 * ARGV is, per unit, how many keys and how many arguments it has, and the arguments; the reply has one item per unit, and
 * behind them what was released, if anything was.
 */
export function script(name: string, body: string, ...parts: readonly string[]): Script {
  const driver = `
local function unit(k, a, last, lastKey)
${body}
end
local replies, k, a = {}, 1, 1
while a <= #ARGV do
  local keys, args = tonumber(ARGV[a]), tonumber(ARGV[a + 1])
  replies[#replies + 1] = guarded(unit, k, a + 2, a + 1 + args, k + keys - 1)
  k, a = k + keys, a + 2 + args
end
if #released > 0 then replies[#replies + 1] = table.concat(released) end
return replies`
  const lua = [CLOCK, GUARD, RELEASED, ...parts, driver].join('\n')
  return { name, lua, sha: createHash('sha1').update(lua).digest('hex'), queue: name }
}

/**
 * What every message needs goes in one queue: each round trip costs both ends system calls and the server a flush of
 * its AOF. What may look at much, or is needed now and then, has its own and does not hold messages up.
 */
export function messageScript(...definition: Parameters<typeof script>): Script {
  return { ...script(...definition), queue: MESSAGES }
}

/** The queue of what every message needs. */
export const MESSAGES = 'messages'

export function textOf(reply: Reply | undefined): string {
  const bytes = bytesOf(reply)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
}

export function bytesOf(reply: Reply | undefined): Uint8Array {
  if (reply instanceof Uint8Array) return reply
  throw new TypeError('the script answered something else than bytes')
}

export function numberOf(reply: Reply | undefined): number {
  if (typeof reply === 'number') return reply
  throw new TypeError('the script answered something else than a number')
}

export function listOf(reply: Reply | undefined): readonly Reply[] {
  if (Array.isArray(reply)) return reply as readonly Reply[]
  throw new TypeError('the script answered something else than a list')
}
