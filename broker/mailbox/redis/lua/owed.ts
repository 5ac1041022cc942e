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
 * A mailbox keeps a higher id than that of what it is owed (lua/partitions.ts, RENUMBER_SCRIPT): owed, meta; mailbox, the id
 * that was met, the ids of all that it is owed, in order → their new ids, or 0: another has settled the first. The order of
 * ids is what the next owner goes by.
 */
export const RENUMBER_OWED_SCRIPT = script(
  'renumber-owed',
  /* lua */ `
  local owed, mailbox, ids, records = KEYS[k], ARGV[a], {}, {}
  for i = a + 2, last do records[i] = redis.call('HGET', owed, ARGV[i] .. ' ' .. mailbox) end
  if not records[a + 2] then return 0 end
  for i = a + 2, last do redis.call('HDEL', owed, ARGV[i] .. ' ' .. mailbox) end
  local id = math.floor(tonumber(ARGV[a + 1]) / 1024) * 1024
  for i = a + 2, last do
    id = id + 1024
    if records[i] then redis.call('HSET', owed, string.format('%.0f', id) .. ' ' .. mailbox, records[i]) end
    ids[#ids + 1] = id
  end
  local highest = tonumber(redis.call('HGET', KEYS[k + 1], 'q')) or 0
  redis.call('HSET', KEYS[k + 1], 'q', string.format('%.0f', math.max(id, highest)))
  return ids`,
)
