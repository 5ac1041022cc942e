import { script } from '../script.ts'
import { BOX, READERS } from './box.ts'

/**
 * A device comes: meta, log, keys, removed; device, node, is transient, token issued at ('' if unknown), devicesMax,
 * epochMin, time → [outcome, epoch, cursor, head, dropped up to, previous node, is new].
 *
 * A transient reader's field holds how many there are of that name at that node, and since when: nodes that died
 * without detaching leave some behind, the oldest of which go when there are more than 32.
 */
export const ATTACH_SCRIPT = script(
  'attach',
  /* lua */ `
  local device, node, isTransient = ARGV[a], ARGV[a + 1], ARGV[a + 2] == '1'
  local issued, devicesMax, epochMin = tonumber(ARGV[a + 3]), tonumber(ARGV[a + 4]), tonumber(ARGV[a + 5])
  local field = 'r:' .. device
  local readers, count, transients = readersOf(KEYS[k])
  local reader = readers[field]
  local v = call('HMGET', KEYS[k + 3], device, '', ' locked', ' tokens')
  -- Its own removal holds also when the name is taken again: the old token is the old phone's.
  local removedAt, endedAt = tonumber(v[1]) or not reader and tonumber(v[2]), tonumber(v[4])
  if v[3] then return { 'locked' } end
  if endedAt and (not issued or issued <= endedAt) then return { 'token-ended' } end
  if removedAt and (not issued or issued <= removedAt) then return { 'removed' } end
  if isTransient and reader then return { 'registered' } end
  if not reader then
    if not isTransient and count >= devicesMax then return { 'too-many-devices' } end
  end

  local box = openBox(k)
  expire(box, tonumber(ARGV[a + 6]), 1000)
  local previous, epoch, cursor = reader and reader.node or '', 0, box.head
  local prefix = 't:' .. device .. ' '
  for _, other in ipairs(transients) do
    if other:sub(1, #prefix) == prefix then
      previous = other:sub(#prefix + 1)
      if not isTransient then call('HDEL', KEYS[k], other) end
    end
  end
  if isTransient then
    local held = call('HGET', KEYS[k], prefix .. node)
    call('HSET', KEYS[k], prefix .. node, packBytes('>dd', (held and unpackBytes('>d', held) or 0) + 1, now))
    if #transients > 32 then
      local oldest, at = nil, math.huge
      for _, other in ipairs(transients) do
        local _, since = unpackBytes('>dd', call('HGET', KEYS[k], other))
        if since < at then oldest, at = other, since end
      end
      call('HDEL', KEYS[k], oldest)
    end
  else
    epoch = nextEpoch(KEYS[k], now, epochMin)
    if reader then cursor = reader.cursor elseif count == 0 then cursor = firstOf(box) - 1 end
    local since = reader and reader.since or epoch -- In link order, also within one ms.
    call('HSET', KEYS[k], field, packReader({ cursor = cursor, epoch = epoch, since = since, node = node }))
  end
  noteNodes(KEYS[k])
  closeBox(box)
  return { 'attached', epoch, cursor, box.head, box.dropped, previous, (isTransient or reader) and 0 or 1 }`,
  BOX,
  READERS,
)

/** A device or a lease's owner leaves its node: meta; field, epoch. */
export const DETACH_SCRIPT = script(
  'detach',
  /* lua */ `
  local packed = call('HGET', KEYS[k], ARGV[a])
  if not packed then return 0 end
  local reader = unpackReader(packed)
  if reader.epoch ~= tonumber(ARGV[a + 1]) then return 0 end
  reader.node = ''
  call('HSET', KEYS[k], ARGV[a], packReader(reader))
  noteNodes(KEYS[k])
  return 1`,
  BOX,
  READERS,
)

/** One transient reader leaves: meta; device, node. */
export const DETACH_TRANSIENT_SCRIPT = script(
  'detach-transient',
  /* lua */ `
  local field = 't:' .. ARGV[a] .. ' ' .. ARGV[a + 1]
  local held = call('HGET', KEYS[k], field)
  if not held then return 0 end
  local count, since = unpackBytes('>dd', held)
  if count > 1 then
    call('HSET', KEYS[k], field, packBytes('>dd', count - 1, since))
  else
    call('HDEL', KEYS[k], field)
    noteNodes(KEYS[k])
  end
  return 1`,
  BOX,
  READERS,
)

/** meta → [head, device, linked at, node, cursor, …], a transient reader's cursor -1. */
export const DEVICES_SCRIPT = script(
  'devices',
  /* lua */ `
  local reply = { headOf(KEYS[k]) }
  local readers, _, transients = readersOf(KEYS[k])
  for field, reader in pairs(readers) do
    reply[#reply + 1] = field:sub(3)
    reply[#reply + 1] = reader.since
    reply[#reply + 1] = reader.node
    reply[#reply + 1] = reader.cursor
  end
  for _, field in ipairs(transients) do
    local device, node = field:match('^t:(%S+) (%S+)$')
    local _, since = unpackBytes('>dd', call('HGET', KEYS[k], field))
    reply[#reply + 1] = device
    reply[#reply + 1] = since
    reply[#reply + 1] = node
    reply[#reply + 1] = -1
  end
  return reply`,
  BOX,
  READERS,
)

/**
 * meta, log, keys, removed; device, removed at → its node, or 0 if there is no such device. The last 256 removals of
 * a user are remembered by device; of older ones only the time, '', which then holds for every unknown device.
 */
export const REMOVE_DEVICE_SCRIPT = script(
  'remove-device',
  /* lua */ `
  local field = 'r:' .. ARGV[a]
  local packed = call('HGET', KEYS[k], field)
  if not packed then return 0 end
  local removed = unpackReader(packed)
  call('HDEL', KEYS[k], field)
  call('HSET', KEYS[k + 3], ARGV[a], ARGV[a + 1])
  if call('HLEN', KEYS[k + 3]) > 257 then
    local all, oldest, at, floor = call('HGETALL', KEYS[k + 3]), nil, math.huge, 0
    for i = 1, #all, 2 do
      local time = tonumber(all[i + 1])
      if all[i] == '' then
        floor = time
      elseif all[i]:sub(1, 1) ~= ' ' and time < at then
        oldest, at = all[i], time
      end
    end
    call('HDEL', KEYS[k + 3], oldest)
    call('HSET', KEYS[k + 3], '', math.max(floor, at))
  end
  noteNodes(KEYS[k])
  local box = openBox(k)
  takeOutOnly(box, ARGV[a], removed.cursor + 1, box.head)
  trim(box, (readersOf(KEYS[k])), 5000)
  closeBox(box)
  return removed.node`,
  BOX,
  READERS,
)

/**
 * A user is locked out or in, or the user's tokens end: meta, removed; '1' locked, '0' not, '' as it is; the time up to
 * which tokens end, or '' → the nodes where readers are. It stands among the removed devices, under names no device has.
 */
export const BAR_SCRIPT = script(
  'bar',
  /* lua */ `
  local locked, upTo = ARGV[a], tonumber(ARGV[a + 1])
  if locked == '1' then call('HSET', KEYS[k + 1], ' locked', 1) end
  if locked == '0' then call('HDEL', KEYS[k + 1], ' locked') end
  if upTo then
    local before = tonumber(call('HGET', KEYS[k + 1], ' tokens') or 0)
    call('HSET', KEYS[k + 1], ' tokens', math.max(before, upTo))
  end
  -- Whoever is attached now is no owner any more.
  if locked == '1' or upTo then call('HSET', KEYS[k], 'b', call('HGET', KEYS[k], 'e') or 0) end
  local v = call('HMGET', KEYS[k], 'n', 'm')
  return v[2] and v[1] .. ' ' .. v[2] or v[1] or ''`,
  BOX,
  READERS,
)

/** Whether a user is barred: removed; token issued at ('' if unknown) → 'locked', 'token-ended' or ''. */
export const BARRED_SCRIPT = script(
  'barred',
  /* lua */ `
  local v = call('HMGET', KEYS[k], ' locked', ' tokens')
  local issued, endedAt = tonumber(ARGV[a]), tonumber(v[2])
  if v[1] then return 'locked' end
  return endedAt and (not issued or issued <= endedAt) and 'token-ended' or ''`,
  BOX,
)
