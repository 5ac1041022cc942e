import { ROOM, TALLY } from './tally.ts'

/**
 * What the scripts share: one mailbox in hand.
 *
 * A mailbox is up to three keys of one slot:
 * - `meta`, a hash: `x` its numbers: head, entries, bytes (of the entries, without their headers), dropped up to,
 *   the hour for which it is noted in the index of sweeps, whether its entries are counted by chat (tally.ts), and how
 *   many of them share their bytes (ADR 0031);
 *   `e` the last epoch given; `n` a node with readers, `m` the others; `g` gaps in chats;
 *   `o` the device that is the only reader, durable or transient, if there is one;
 *   `r:<device>` / `lease` readers, `t:<device> <node>` transient ones; `a<partition>` the last commit of that
 *   partition whose appends came here; and of partitions `q` the last commit and `k` takeovers. Short names, and
 *   values of at most 64 bytes: the hash stays a listpack.
 * - `log`, a list with one record per position, the last one at the head; '' where an entry was replaced or taken
 *   out.
 * - `keys`, a hash: an entry's key to its position and version; and the tally, under names no entry has.
 *
 * A record is made by record.ts: [flags][header bytes][expires 6][key length, key, version 8]
 * [only length, only][except length, except] and the entry's bytes. flags: 1 keyed, 2 only, 4 except, 8 brief: when its
 * time is over nobody misses it; 16 of a stranger; 32 a reference to a body instead of the bytes:
 * [chat 10][first seq 5][how many more 1][id 6][hour 3][length 3][number 2]. The number is which of the entries it is that
 * share the body; those of format 2 have none.
 */
export const BOX = /* lua */ `
local call, unpackBytes, packBytes = redis.call, struct.unpack, struct.pack

-- Packed small: each append writes them. The first format was five doubles; none of those begins with 255.
local function unpackNumbers(packed)
  if not packed then return 0, 0, 0, 0, 0, 0, 0 end
  if packed:byte(1) == 255 then return cmsgpack.unpack(packed:sub(2)) end
  local head, count, bytes, dropped, sweepHour = unpackBytes('>ddddd', packed)
  return head, count, bytes, dropped, sweepHour, 0, 0
end

local function boxOf(k, numbers)
  local box = { meta = KEYS[k], log = KEYS[k + 1], keys = KEYS[k + 2] }
  box.head, box.count, box.bytes, box.dropped, box.sweepHour, box.isTallied, box.shared = unpackNumbers(numbers)
  box.shared, box.tally = box.shared or 0, {}
  return box
end

local function openBox(k)
  return boxOf(k, call('HGET', KEYS[k], 'x'))
end

local function isReference(record)
  return record:byte(1) >= 32
end

-- How many bytes an entry has, wherever they are.
local function sizeOf(record)
  local header = record:byte(2)
  if isReference(record) then return (unpackBytes('>I3', record, header + 26)) end
  return #record - header
end
${TALLY}
-- What is to be kept of the box, as the script is done with it.
local function numbersOf(box)
  keepTally(box)
  local numbers = { box.head, box.count, box.bytes, box.dropped, box.sweepHour, box.isTallied, box.shared }
  return '\\255' .. cmsgpack.pack(unpack(numbers))
end

local function closeBox(box)
  call('HSET', box.meta, 'x', numbersOf(box))
end

local function headOf(meta)
  return (unpackNumbers(call('HGET', meta, 'x')))
end

-- The first position of the log. Appending alone does not ask for it.
local function firstOf(box)
  if not box.length then box.length = call('LLEN', box.log) end
  return box.head - box.length + 1
end

local function keyOf(record)
  return record:sub(10, 9 + record:byte(9))
end

local function onlyOf(record)
  local flags = record:byte(1)
  if flags % 4 < 2 then return nil end
  local at = flags % 2 == 1 and 9 + 1 + record:byte(9) + 8 or 9
  return record:sub(at + 1, at + record:byte(at))
end

-- Whether all but this device get it.
local function isExcept(record, device)
  local flags, header = record:byte(1, 2)
  return flags % 8 >= 4 and record:byte(header - #device) == #device and record:sub(header - #device + 1, header) == device
end

local function isBrief(record)
  return record:byte(1) % 16 >= 8
end

local function expiryOf(record)
  return (unpackBytes('>I6', record, 3))
end

-- The record at this position leaves: count it out.
local function forget(box, position, record)
  local flags, header = record:byte(1, 2)
  box.count = box.count - 1
  box.bytes = box.bytes - sizeOf(record)
  if isReference(record) then
    box.shared = box.shared - 1
    if #record >= header + 30 then
      -- The partition is the chat's last byte.
      local where = record:sub(header + 10, header + 10) .. record:sub(header + 17, header + 25)
      released[#released + 1] = where .. record:sub(header + 29)
    end
  end
  tally(box, record, -1)
  if flags % 2 == 1 then
    local key = keyOf(record)
    local held = call('HGET', box.keys, key)
    if held and unpackBytes('>d', held) == position then call('HDEL', box.keys, key) end
  end
end

-- Takes the n oldest positions off the log. isLoss: readers that have not passed them have a gap.
local function shift(box, n, isLoss)
  local position = firstOf(box) - 1
  box.length = box.length - n
  while n > 0 do
    local records = call('LPOP', box.log, math.min(n, 100))
    for i = 1, #records do
      position = position + 1
      if records[i] ~= '' then
        forget(box, position, records[i])
        -- What went from the middle stays missed when something in front of it goes.
        if isLoss and not isBrief(records[i]) then box.dropped = math.max(box.dropped, position) end
      end
    end
    n = n - #records
  end
end

-- Drops what has expired by a time at the front, and holes; looks at so many positions.
local function expire(box, time, positionsMax)
  firstOf(box)
  while box.length > 0 and positionsMax > 0 do
    local record = call('LINDEX', box.log, 0)
    if record ~= '' then
      local expires = expiryOf(record)
      if expires == 0 or expires > time then return end
    end
    shift(box, 1, true)
    positionsMax = positionsMax - 1
  end
end

-- Takes one entry out of the middle.
local function takeOut(box, position)
  local index = position - firstOf(box)
  if index < 0 or index >= box.length then return false end
  local record = call('LINDEX', box.log, index)
  if record == '' then return false end
  call('LSET', box.log, index, '')
  forget(box, position, record)
  return true
end

-- Takes out what is for this device alone, from a position to another, of at most 5,000.
local function takeOutOnly(box, device, from, to)
  local first = firstOf(box)
  from = math.max(from, first)
  to = math.min(to, from + 4999)
  if from > to then return end
  local records = call('LRANGE', box.log, from - first, to - first)
  for i = 1, #records do
    if records[i] ~= '' and onlyOf(records[i]) == device then takeOut(box, from + i - 1) end
  end
end
`

/** Who reads a mailbox. A reader is [cursor][epoch][linked at, or a lease's end][node]. */
export const READERS = /* lua */ `
local function packReader(reader)
  return packBytes('>ddd', reader.cursor, reader.epoch, reader.since) .. reader.node
end

local function unpackReader(packed)
  local cursor, epoch, since = unpackBytes('>ddd', packed)
  return { cursor = cursor, epoch = epoch, since = since, node = packed:sub(25) }
end

-- All readers of a mailbox by field, how many, the names of transient readers' fields, and the box's numbers.
local function readersOf(meta)
  local fields = call('HGETALL', meta)
  local readers, count, transients, numbers = {}, 0, {}, nil
  for i = 1, #fields, 2 do
    local field = fields[i]
    local kind = field:sub(1, 2)
    if kind == 'r:' or field == 'lease' then
      readers[field] = unpackReader(fields[i + 1])
      count = count + 1
    elseif kind == 't:' then
      transients[#transients + 1] = field
    elseif field == 'x' then
      numbers = fields[i + 1]
    end
  end
  return readers, count, transients, numbers
end

-- Keeps the nodes with readers, for append: one in 'n', others in 'm', with spaces; and in 'o' who is alone.
local function noteNodes(meta)
  local readers, count, transients = readersOf(meta)
  local nodes, seen = {}, { [''] = true }
  local function note(node)
    if not seen[node] then
      seen[node] = true
      nodes[#nodes + 1] = node
    end
  end
  for _, reader in pairs(readers) do note(reader.node) end
  for _, field in ipairs(transients) do note(field:match(' (.*)$')) end
  call('HDEL', meta, 'n', 'm', 'o')
  local sole = count == 1 and #transients == 0 and next(readers)
  if sole and sole ~= 'lease' then call('HSET', meta, 'o', sole:sub(3)) end
  if #nodes > 0 then call('HSET', meta, 'n', nodes[1]) end
  if #nodes > 1 then call('HSET', meta, 'm', table.concat(nodes, ' ', 2)) end
end

-- Grows, and is not given a second time after a failover has lost the last one: hence the clock.
local function nextEpoch(meta, now, epochMin)
  local epoch = math.max((tonumber(call('HGET', meta, 'e')) or 0) + 1, now, epochMin)
  call('HSET', meta, 'e', epoch)
  return epoch
end

-- Deletes what every reader has passed, at most so many positions.
local function trim(box, readers, positionsMax)
  local lowest
  for _, reader in pairs(readers) do
    if not lowest or reader.cursor < lowest then lowest = reader.cursor end
  end
  if not lowest then return end
  forgetGaps(box, lowest)
  local passed = math.min(lowest - firstOf(box) + 1, box.length, positionsMax)
  if passed <= 0 then return end
  if passed < box.length or box.shared > 0 then
    shift(box, passed, false)
    if box.length > 0 or box.isTallied == 0 then return end
  end
  call('DEL', box.log, box.keys)
  box.length, box.count, box.bytes = 0, 0, 0
  forgetTally(box)
end
`

/** Appending, for `append` and for `commit` on a single server. */
export const APPEND = /* lua */ `
-- Records on their way to the log go there in one command: each is a line of the AOF, and half of what an append costs.
local function push(box)
  local run = box.run
  for i = 1, #run, 1000 do
    box.length = call('RPUSH', box.log, unpack(run, i, math.min(i + 999, #run)))
  end
  if #run > 0 then box.run = {} end
end

local function isOver(box, limits)
  return box.count > limits.entriesMax or box.bytes > limits.bytesMax
end

${ROOM}
-- How many entries of this call share each body, by its id. Nil: they have their numbers already.
local shared

-- References whose body is stored by this call are numbered as they are stored.
local function numbered(record)
  local id = record:sub(record:byte(2) + 17, record:byte(2) + 22)
  local number = shared[id] or 0
  shared[id] = number + 1
  return record:sub(1, -3) .. packBytes('>I2', number)
end

-- limits: mayDrop (at a cap entries go; else appends are refused), entriesMax, bytesMax, and what is for strangers.
-- Returns the position, 0 (superseded) or -1 (full).
local function append(box, record, limits)
  local flags, size = record:byte(1), sizeOf(record)
  local only = onlyOf(record)
  if only then
    if call('HEXISTS', box.meta, 'r:' .. only) == 0 then return 0 end
  elseif box.sole and isExcept(record, box.sole) then
    return 0
  end
  local key, version, held
  if flags % 2 == 1 then
    key = keyOf(record)
    version = unpackBytes('>d', record, 10 + #key)
    local packed = call('HGET', box.keys, key)
    if packed then
      local position, heldVersion = unpackBytes('>dd', packed)
      if heldVersion >= version then return 0 end
      held = position
    end
  end
  if not limits.mayDrop and (box.count >= limits.entriesMax or box.bytes + size > limits.bytesMax) then return -1 end
  if held then
    push(box)
    takeOut(box, held)
  end
  if isReference(record) then
    box.shared = box.shared + 1
    if shared then record = numbered(record) end
  end
  box.run[#box.run + 1] = record
  box.head, box.count, box.bytes = box.head + 1, box.count + 1, box.bytes + size
  if key then call('HSET', box.keys, key, packBytes('>dd', box.head, version)) end

  local expires = expiryOf(record)
  if expires > 0 then
    local hour = math.ceil(expires / 3600000)
    if not box.nextSweep or hour < box.nextSweep then box.nextSweep = hour end
  end
  if limits.mayDrop then makeRoom(box, record, limits) end
  return box.head
end

-- 'mayDrop entriesMax bytesMax strangersPercent', as numbers. Most boxes of a call have the same.
local knownLimits = {}
local function limitsOf(text)
  local limits = knownLimits[text]
  if not limits then
    local mayDrop, entriesMax, bytesMax, percent = text:match('(%d) (%d+) (%d+) (%d+)')
    limits = { mayDrop = mayDrop == '1', entriesMax = tonumber(entriesMax), bytesMax = tonumber(bytesMax) }
    limits.isByChat = percent ~= '0'
    limits.strangersEntriesMax = math.floor(limits.entriesMax * percent / 100)
    limits.strangersBytesMax = math.floor(limits.bytesMax * percent / 100)
    knownLimits[text] = limits
  end
  return limits
end

-- The records ARGV[first] … ARGV[last] to the box at KEYS[k], after the first that finds it full none.
-- → [nodes, hour to be noted for sweeping or 0, position, …]
local function appendAll(k, first, last, limits)
  local v = call('HMGET', KEYS[k], 'x', 'n', 'm', 'o')
  local box = boxOf(k, v[1])
  box.run, box.sole = {}, v[4]
  local headBefore = box.head
  local reply, isFull = { v[3] and v[2] .. ' ' .. v[3] or v[2] or '', 0 }, false
  for i = first, last do
    local position = isFull and -1 or append(box, ARGV[i], limits)
    isFull = position == -1
    reply[#reply + 1] = position
  end
  push(box)
  if limits.mayDrop then
    -- Holes are small but not nothing: they have a limit too.
    local positions = box.head - firstOf(box) + 1
    if positions > 8 * limits.entriesMax + 10000 then squeeze(box, 5000) end
    -- With every 16th entry, for 64 at most; what has expired waits for a sweep.
    local steps = math.floor(box.head / 16) - math.floor(headBefore / 16)
    if steps > 0 then expire(box, 0, 64 * steps) end
  end
  if box.nextSweep and (box.sweepHour == 0 or box.nextSweep < box.sweepHour) then reply[2] = box.nextSweep end
  closeBox(box)
  return reply
end
`
