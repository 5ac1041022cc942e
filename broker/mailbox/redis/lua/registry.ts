import { script } from '../script.ts'
import { BOX } from './box.ts'

/**
 * The living nodes: the registry, the format's key; node, workers as JSON, ttl, format → [node, workers, …]. The format is
 * noted anew if the Redis was emptied or put back under us.
 */
export const ANNOUNCE_SCRIPT = script(
  'announce',
  /* lua */ `
  local noted = tonumber(redis.call('GET', KEYS[k + 1])) or 0
  if noted < tonumber(ARGV[a + 3]) then redis.call('SET', KEYS[k + 1], ARGV[a + 3]) end
  local latest = now + tonumber(ARGV[a + 2])
  redis.call('HSET', KEYS[k], ARGV[a], struct.pack('>d', latest) .. ARGV[a + 1])
  local all, reply = redis.call('HGETALL', KEYS[k]), {}
  for i = 1, #all, 2 do
    local till = struct.unpack('>d', all[i + 1])
    -- Set back, the clock would let nodes that are gone live on for as long.
    if till > latest then redis.call('HSET', KEYS[k], all[i], struct.pack('>d', latest) .. all[i + 1]:sub(9)) end
    if till > now then
      reply[#reply + 1] = all[i]
      reply[#reply + 1] = all[i + 1]:sub(9)
    else
      redis.call('HDEL', KEYS[k], all[i])
    end
  end
  return reply`,
)

/** Its key; how far the asker has come (0: not at all) → [the server's clock, how far anybody has come or 0]. */
export const CLOCK_SCRIPT = script(
  'clock',
  /* lua */ `
  local kept = tonumber(redis.call('GET', KEYS[k])) or 0
  if tonumber(ARGV[a]) > kept then
    redis.call('SET', KEYS[k], ARGV[a])
    kept = tonumber(ARGV[a])
  end
  return { now, kept }`,
)

/** The registry; node. */
export const WITHDRAW_SCRIPT = script('withdraw', /* lua */ `return redis.call('HDEL', KEYS[k], ARGV[a])`)

/**
 * The format of all keys: its key, the registry; the number to note if there is none, or a lower one → the number, or, as
 * a negative number, a lower one by which nodes still live.
 */
export const FORMAT_SCRIPT = script(
  'format',
  /* lua */ `
  local noted = redis.call('GET', KEYS[k])
  if noted and (tonumber(noted) or 0) >= tonumber(ARGV[a]) then return tonumber(noted) end
  if noted and not tonumber(noted) then return 0 end
  local nodes = noted and redis.call('HVALS', KEYS[k + 1]) or {}
  for i = 1, #nodes do
    if struct.unpack('>d', nodes[i]) > now then return -tonumber(noted) end
  end
  redis.call('SET', KEYS[k], ARGV[a])
  return tonumber(ARGV[a])`,
)

/** A write that comes through: any key. It goes by itself. */
export const CHECK_SCRIPT = script(
  'check',
  /* lua */ `
  redis.call('SET', KEYS[k], '1', 'EX', 60)
  return 1`,
)

/**
 * The index of sweeps: which mailboxes have something that expires in an hour. In 256 shards, each a sorted set of
 * hours and one set of mailboxes per hour, so that no key grows with all users. It may name a mailbox in vain.
 */

/** A mailbox is due: hours, the hour's set; hour, mailbox. Its meta is told by NOTED_SCRIPT, afterwards. */
export const DUE_SCRIPT = script(
  'due',
  /* lua */ `
  redis.call('ZADD', KEYS[k], ARGV[a], ARGV[a])
  return redis.call('SADD', KEYS[k + 1], ARGV[a + 1])`,
)

/** meta, log, keys; hour. */
export const NOTED_SCRIPT = script(
  'noted',
  /* lua */ `
  local box, hour = openBox(k), tonumber(ARGV[a])
  if box.sweepHour == 0 or hour < box.sweepHour then box.sweepHour = hour end
  closeBox(box)
  return 1`,
  BOX,
)

/** hours; hour → the first hour up to that one for which the shard has mailboxes, or 0. */
export const FIRST_DUE_SCRIPT = script(
  'first-due',
  /* lua */ `
  local first = redis.call('ZRANGEBYSCORE', KEYS[k], '-inf', ARGV[a], 'LIMIT', 0, 1)
  return tonumber(first[1]) or 0`,
)

/** The hour's set; how many → mailboxes. */
export const DUE_MAILBOXES_SCRIPT = script(
  'due-mailboxes',
  /* lua */ `return redis.call('SRANDMEMBER', KEYS[k], ARGV[a])`,
)

/** A mailbox was swept: hours, the hour's set; hour, mailbox. */
export const SWEPT_SCRIPT = script(
  'swept',
  /* lua */ `
  redis.call('SREM', KEYS[k + 1], ARGV[a + 1])
  if redis.call('EXISTS', KEYS[k + 1]) == 0 then redis.call('ZREM', KEYS[k], ARGV[a]) end
  return 1`,
)

/**
 * Deletes what has expired: meta, log, keys; time → the hour for which it is due next, or 0; it must be noted again.
 * Looks at the oldest 5,000 positions: what may have expired behind them goes when they have gone. What is too old goes
 * from the front only, so that the gap is told; what is brief also from the middle.
 */
export const SWEEP_SCRIPT = script(
  'sweep',
  /* lua */ `
  local time = tonumber(ARGV[a])
  local box = openBox(k)
  expire(box, time, 5000)
  local first, earliest = firstOf(box), math.huge
  local records = call('LRANGE', box.log, 0, 4999)
  for i = 1, #records do
    if records[i] ~= '' then
      local expires = expiryOf(records[i])
      if expires > time and expires < earliest then
        earliest = expires
      elseif expires > 0 and expires <= time and isBrief(records[i]) then
        takeOut(box, first + i - 1)
      end
    end
  end
  box.sweepHour = 0
  closeBox(box)
  return earliest < math.huge and math.ceil(earliest / 3600000) or 0`,
  BOX,
)
