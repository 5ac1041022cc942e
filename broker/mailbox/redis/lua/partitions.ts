import { messageScript, script } from '../script.ts'
import { SHARERS } from './bodies.ts'
import { APPEND, BOX, READERS } from './box.ts'

/**
 * A node wants a partition: meta, log, keys, pending, owed; node, ttl, epochMin → ['leased', node], or
 * ['attached', epoch, cursor, head, dropped up to, previous node, is new, takeovers, whether a commit is pending, whether
 * something is owed (lua/owed.ts)].
 */
export const LEASE_SCRIPT = script(
  'lease',
  /* lua */ `
  local node, ttl, epochMin = ARGV[a], tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2])
  local packed = call('HGET', KEYS[k], 'lease')
  local lease = packed and unpackReader(packed)
  if lease and lease.node ~= '' and lease.node ~= node and lease.since > now then
    -- Set back, the clock would let the lease of an owner that is gone live on for as long.
    if lease.since > now + ttl then
      lease.since = now + ttl
      call('HSET', KEYS[k], 'lease', packReader(lease))
    end
    return { 'leased', lease.node }
  end
  local box = openBox(k)
  local cursor, previous = lease and lease.cursor or firstOf(box) - 1, lease and lease.node or ''
  local epoch = nextEpoch(KEYS[k], now, epochMin)
  call('HSET', KEYS[k], 'lease', packReader({ cursor = cursor, epoch = epoch, since = now + ttl, node = node }))
  noteNodes(KEYS[k])
  if box.head == cursor then call('HDEL', KEYS[k], 'k') end
  local takeovers = call('HINCRBY', KEYS[k], 'k', 1)
  local reply = { 'attached', epoch, cursor, box.head, box.dropped, previous, lease and 0 or 1, takeovers }
  reply[9], reply[10] = call('EXISTS', KEYS[k + 3]), call('EXISTS', KEYS[k + 4])
  return reply`,
  BOX,
  READERS,
)

/** meta; epoch, ttl → the head, or -1: the lease is another's, or given back. */
export const RENEW_SCRIPT = script(
  'renew',
  /* lua */ `
  local packed = call('HGET', KEYS[k], 'lease')
  local lease = packed and unpackReader(packed)
  if not lease or lease.node == '' or lease.epoch ~= tonumber(ARGV[a]) then return -1 end
  lease.since = now + tonumber(ARGV[a + 1])
  call('HSET', KEYS[k], 'lease', packReader(lease))
  return headOf(KEYS[k])`,
  BOX,
  READERS,
)

/** Lua's stack holds some thousand arguments, a new group's state may have more. */
const CALL_MANY = /* lua */ `
local function callMany(command, key, first, last)
  for i = first, last, 1000 do call(command, key, unpack(ARGV, i, math.min(i + 999, last))) end
end
`

/**
 * A worker's result: meta, log, keys, pending, one state key per chat, that of the hour's bodies if there are some, and
 * three keys per mailbox if the appends are made here (a single server); epoch, from, up to, the id of the last commit that this owner has finished,
 * chats; per chat the numbers of arguments to set and to delete, and they; bodies, and of each id, bytes, and how
 * many are to share it; 'here' or 'pending'; then
 * - here: records, they; per mailbox its limits, how many, and which of the records;
 * - pending: its elements, which APPENDS_SCRIPT gives to whoever finishes it.
 *
 * → ['refused'], ['done'] (before), ['unfinished'] (an earlier commit is to be finished first), ['here', a reply of
 * appendAll per mailbox …] or ['decided', id, now].
 *
 * A commit's id is in Unix ms × 1,024, and grows: a mailbox's mark of it tells its age, and 1,024 parts fit between.
 */
export const COMMIT_SCRIPT = messageScript(
  'commit',
  /* lua */ `
  local packed = call('HGET', KEYS[k], 'lease')
  local lease = packed and unpackReader(packed)
  -- Handed back, its next owner need not look for what nobody told: nothing may be decided behind it.
  if not lease or lease.epoch ~= tonumber(ARGV[a]) or lease.node == '' then return { 'refused' } end
  local pendingId = call('LINDEX', KEYS[k + 3], 0)
  if pendingId == ARGV[a + 3] then call('DEL', KEYS[k + 3]) elseif pendingId then return { 'unfinished' } end
  local from, upTo = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2])
  if lease.cursor == upTo and upTo > from then return { 'done' } end
  local box = openBox(k)
  if lease.cursor ~= from or upTo < from or upTo > box.head then return { 'refused' } end

  local chats, at = tonumber(ARGV[a + 4]), a + 5
  -- All or nothing: something else at a key is met here, or by the first write.
  if upTo > from then firstOf(box) end
  for chat = 2, chats do call('HLEN', KEYS[k + 3 + chat]) end
  local bodies, puts = KEYS[k + 4 + chats], at
  for chat = 1, chats do at = at + 2 + tonumber(ARGV[at]) + tonumber(ARGV[at + 1]) end
  local firstBody, lastBody = at + 1, at + 3 * tonumber(ARGV[at])
  if lastBody > firstBody then call('HLEN', bodies) end
  at = puts
  for chat = 1, chats do
    local sets, deletes = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
    callMany('HSET', KEYS[k + 3 + chat], at + 2, at + 1 + sets)
    callMany('HDEL', KEYS[k + 3 + chat], at + 2 + sets, at + 1 + sets + deletes)
    at = at + 2 + sets + deletes
  end
  at = lastBody + 1
  if upTo > from then
    lease.cursor = upTo
    call('HDEL', KEYS[k], 'k')
    trim(box, { lease }, upTo - from)
    call('HSET', KEYS[k], 'lease', packReader(lease), 'x', numbersOf(box))
  end

  if ARGV[at] == 'pending' then
    local id = math.max((tonumber(call('HGET', KEYS[k], 'q')) or 0) + 1024, now * 1024)
    call('HSET', KEYS[k], 'q', id)
    call('RPUSH', KEYS[k + 3], string.format('%.0f', id))
    callMany('RPUSH', KEYS[k + 3], at + 1, last)
    for i = firstBody, lastBody, 3 do
      call('HSET', bodies, ARGV[i], ARGV[i + 1], '#' .. ARGV[i], sharers(tonumber(ARGV[i + 2])))
    end
    return { 'decided', id, now }
  end
  local records, reply = at + 1, { 'here' }
  shared = {}
  at = records + 1 + tonumber(ARGV[records])
  for mailbox = k + 4 + chats + (lastBody > firstBody and 1 or 0), lastKey, 3 do
    local n = tonumber(ARGV[at + 1])
    for i = at + 2, at + 1 + n do ARGV[i] = ARGV[records + 1 + tonumber(ARGV[i])] end
    -- The commit is decided: a mailbox that is broken takes nothing from the others.
    reply[#reply + 1] = guarded(appendAll, mailbox, at + 2, at + 1 + n, limitsOf(ARGV[at]))
    at = at + 2 + n
  end
  for i = firstBody, lastBody, 3 do
    local copies = shared[ARGV[i]]
    if copies then call('HSET', bodies, ARGV[i], ARGV[i + 1], '#' .. ARGV[i], sharers(copies)) end
  end
  return reply`,
  BOX,
  READERS,
  APPEND,
  CALL_MANY,
  SHARERS,
)

/** What is pending: meta, pending; epoch → 0 (not this epoch's), or [now, id, elements …], without id if nothing is. */
export const PENDING_SCRIPT = script(
  'pending',
  /* lua */ `
  local packed = call('HGET', KEYS[k], 'lease')
  if not packed or unpackReader(packed).epoch ~= tonumber(ARGV[a]) then return 0 end
  local reply, elements = { now }, call('LRANGE', KEYS[k + 1], 0, -1)
  for i = 1, #elements do reply[i + 1] = elements[i] end
  return reply`,
  BOX,
  READERS,
)

/**
 * Mailboxes keep a higher id of this partition than that of the pending commit: pending, meta; id, the highest that was
 * met → the commit's new id, or 0: another has finished it. If the pending commit is still the one, nobody has decided
 * anything behind it, so the higher id is of a history that this server has lost with a failover, and its clock is
 * behind that of the server which gave it.
 */
export const RENUMBER_SCRIPT = script(
  'renumber',
  /* lua */ `
  if redis.call('LINDEX', KEYS[k], 0) ~= ARGV[a] then return 0 end
  local id = (math.floor(tonumber(ARGV[a + 1]) / 1024) + 1) * 1024
  redis.call('LSET', KEYS[k], 0, string.format('%.0f', id))
  redis.call('HSET', KEYS[k + 1], 'q', string.format('%.0f', id))
  return id`,
)

/** All appends of a pending commit were made: pending; id. */
export const FINISHED_SCRIPT = messageScript(
  'finished',
  /* lua */ `
  if redis.call('LINDEX', KEYS[k], 0) ~= ARGV[a] then return 0 end
  return redis.call('DEL', KEYS[k])`,
)

/** The state of one chat: its key → [field, value, …]. */
export const STATE_SCRIPT = script('state', /* lua */ `return redis.call('HGETALL', KEYS[k])`)
