import { script } from '../script.ts'
import { BOX, READERS } from './box.ts'

/**
 * What a partition's commits owe to mailboxes whose servers are away: a hash of `<commit id> <mailbox>` to the records, as
 * owed.ts packs them.
 */

/** Whether an epoch is the partition's latest: the unit ends with 0 if not. */
const OWNED = /* lua */ `
local function isOwned(meta, epoch)
  local packed = call('HGET', meta, 'lease')
  return packed and unpackReader(packed).epoch == tonumber(epoch)
end
`

/**
 * All appends of the pending commit were made but for these: meta, pending, owed; epoch, id, field, records, … → 1, or 0:
 * it is not this epoch's, or no longer pending.
 */
export const OWE_SCRIPT = script(
  'owe',
  /* lua */ `
  if not isOwned(KEYS[k], ARGV[a]) or call('LINDEX', KEYS[k + 1], 0) ~= ARGV[a + 1] then return 0 end
  for i = a + 2, last, 2 do call('HSET', KEYS[k + 2], ARGV[i], ARGV[i + 1]) end
  call('DEL', KEYS[k + 1])
  return 1`,
  BOX,
  READERS,
  OWNED,
)

/** meta, owed; epoch, '1' for all that is owed or '0' → 0 (not this epoch's), or [now, field, records, …]. */
export const OWED_SCRIPT = script(
  'owed',
  /* lua */ `
  if not isOwned(KEYS[k], ARGV[a]) then return 0 end
  local reply, all = { now }, ARGV[a + 1] == '1' and call('HGETALL', KEYS[k + 1]) or {}
  for i = 1, #all do reply[i + 1] = all[i] end
  return reply`,
  BOX,
  READERS,
  OWNED,
)

/** These appends were made: owed; fields. */
export const SETTLED_SCRIPT = script(
  'settled',
  /* lua */ `
  for i = a, last do redis.call('HDEL', KEYS[k], ARGV[i]) end
  return 1`,
)

/**
 * A mailbox keeps a higher id than that of what it is owed (lua/partitions.ts, RENUMBER_SCRIPT): owed, meta; field, mailbox,
 * the id that was met → the new id, or 0: another has settled it.
 */
export const RENUMBER_OWED_SCRIPT = script(
  'renumber-owed',
  /* lua */ `
  local records = redis.call('HGET', KEYS[k], ARGV[a])
  if not records then return 0 end
  local id = (math.floor(tonumber(ARGV[a + 2]) / 1024) + 1) * 1024
  local last = tonumber(redis.call('HGET', KEYS[k + 1], 'q')) or 0
  redis.call('HSET', KEYS[k], string.format('%.0f', id) .. ' ' .. ARGV[a + 1], records)
  redis.call('HDEL', KEYS[k], ARGV[a])
  redis.call('HSET', KEYS[k + 1], 'q', string.format('%.0f', math.max(id, last)))
  return id`,
)
