import { createHash } from 'node:crypto'

/** A Lua script. Redis knows it by its digest once it has seen it. */
export interface Script {
  readonly name: string
  readonly lua: string
  readonly sha: string
  /** Of a script of independent units: how many keys each has. */
  readonly keysPerUnit?: number
}

/** What a reply is made of. Texts and bytes come as buffers. */
export type Reply = number | Uint8Array | null | readonly Reply[]

/** `now` is the server's clock, which all nodes share: leases and expiries are not to depend on theirs. Unix ms. */
const CLOCK = /* lua */ `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`

/** @param body uses KEYS, ARGV and `now` */
export function script(name: string, body: string, ...parts: readonly string[]): Script {
  const lua = [CLOCK, ...parts, body].join('\n')
  return { name, lua, sha: createHash('sha1').update(lua).digest('hex') }
}

/**
 * A script of independent units: on a single server many of them, in a cluster those of one slot, go in one call,
 * which is three times cheaper than a call each. `body` is the inside of `unit(k, a, last)`, whose keys start at
 * KEYS[k] and whose arguments are ARGV[a] … ARGV[last].
 *
 * ARGV is, per unit, the number of its arguments and they; the reply has one item per unit.
 */
export function unitScript(
  name: string,
  keysPerUnit: number,
  body: string,
  ...parts: readonly string[]
): Script {
  const driver = `
local function unit(k, a, last)
${body}
end
local replies, a = {}, 1
for k = 1, #KEYS, ${keysPerUnit} do
  local n = tonumber(ARGV[a])
  replies[#replies + 1] = unit(k, a + 1, a + n)
  a = a + n + 1
end
return replies`
  return { ...script(name, driver, ...parts), keysPerUnit }
}

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
