/**
 * What waits in a mailbox, counted by chat: ADR 0028. Only a mailbox that is large is counted. A line of the tally is a field
 * of `keys`: \1<chat>, of entries of a known chat, or \2<chat>, of a stranger's, to [entries][bytes]; \3 is all of strangers.
 * The chat of what is no message is ''.
 *
 * `g` of meta holds what was dropped of chats: [chat 10][first seq][last seq][position of the last] each.
 */
export const TALLY = /* lua */ `
local function varint(record, at)
  local value, scale = 0, 1
  while true do
    local byte = record:byte(at) or 0
    value, at = value + byte % 128 * scale, at + 1
    if byte < 128 then return value, at end
    scale = scale * 128
  end
end

-- The chat of an entry of messages.
local function chatOf(record)
  local at = record:byte(2) + 1
  if isReference(record) then return record:sub(at, at + 9) end
  if record:byte(at) ~= 10 then return '' end
  local _, start = varint(record, at + 1)
  if record:byte(start) ~= 10 or record:byte(start + 1) ~= 10 then return '' end
  return record:sub(start + 2, start + 11)
end

-- The first and the last seq of an entry of messages.
local function seqsOf(record)
  local at, first, last = record:byte(2) + 1, nil, nil
  if isReference(record) then
    first, last = unpackBytes('>I5B', record, at + 10)
    return first, first + last
  end
  while record:byte(at) == 10 do
    local length, start = varint(record, at + 1)
    last = varint(record, start + 13)
    first = first or last
    at = start + length
  end
  return first, last
end

local function isOfStranger(record)
  return record:byte(1) % 32 >= 16
end

local function lineOf(box, field)
  local line = box.tally[field]
  if not line then
    local packed = call('HGET', box.keys, field)
    line = packed and { unpackBytes('>dd', packed) } or { 0, 0 }
    box.tally[field] = line
  end
  return line
end

local function count(box, field, sign, size)
  local line = lineOf(box, field)
  line[1], line[2], line.isChanged = line[1] + sign, line[2] + sign * size, true
end

-- A record comes (1) or leaves (-1).
local function tally(box, record, sign)
  if box.isTallied == 0 then return end
  local size = sizeOf(record)
  if isOfStranger(record) then
    count(box, '\\2' .. chatOf(record), sign, size)
    count(box, '\\3', sign, size)
  else
    count(box, '\\1' .. chatOf(record), sign, size)
  end
end

local function keepTally(box)
  for field, line in pairs(box.tally) do
    if line.isChanged then
      if line[1] > 0 then
        call('HSET', box.keys, field, packBytes('>dd', line[1], line[2]))
      else
        call('HDEL', box.keys, field)
      end
    end
  end
  box.tally = {}
end

-- The log is empty.
local function forgetTally(box)
  if box.isTallied == 0 then return end
  call('HDEL', box.meta, 'g')
  box.isTallied, box.tally = 0, {}
end

local GAP, GAP_BYTES = '>c10ddd', 34

local function gapsOf(box)
  local packed, gaps = call('HGET', box.meta, 'g') or '', {}
  for at = 1, #packed, GAP_BYTES do
    local chat, first, last, position = unpackBytes(GAP, packed, at)
    gaps[#gaps + 1] = { chat = chat, first = first, last = last, position = position }
  end
  return gaps
end

local function keepGaps(box, gaps)
  if #gaps == 0 then return call('HDEL', box.meta, 'g') end
  for i, gap in ipairs(gaps) do gaps[i] = packBytes(GAP, gap.chat, gap.first, gap.last, gap.position) end
  call('HSET', box.meta, 'g', table.concat(gaps))
end

-- Every reader has passed these.
local function forgetGaps(box, upTo)
  if box.isTallied == 0 then return end
  local gaps, left = gapsOf(box), {}
  for _, gap in ipairs(gaps) do
    if gap.position > upTo then left[#left + 1] = gap end
  end
  if #left < #gaps then keepGaps(box, left) end
end
`

/** Making room in a mailbox at a limit. */
export const ROOM = /* lua */ `
local GAPS_MAX = 64

-- The size that nobody is to exceed, so that all together come down to a goal.
local function levelOf(sizes, goal)
  table.sort(sizes)
  for i, size in ipairs(sizes) do
    local sharers = #sizes - i + 1
    if size * sharers >= goal then return goal / sharers end
    goal = goal - size
  end
  return math.huge
end

-- A little below a limit, so that room is made once for many entries.
local function below(max)
  return max - math.floor(max / 16)
end

local function sizesOf(box, kind, measure)
  local sizes = {}
  for field, line in pairs(box.tally) do
    if field:byte(1) == kind then sizes[#sizes + 1] = line[measure] end
  end
  return sizes
end

local function measured(box, measure)
  return measure == 1 and box.count or box.bytes
end

-- Takes out the entry at a position for want of room, and notes what a reader misses.
local function drop(box, position, record, gaps)
  local first, last = seqsOf(record)
  if first then
    local chat = chatOf(record)
    local gap = gaps.of[chat]
    if not gap then
      gap = { chat = chat, first = first }
      gaps.of[chat], gaps[#gaps + 1] = gap, gap
    end
    gap.first, gap.last, gap.position = math.min(gap.first, first), last, position
  elseif position == firstOf(box) then
    return shift(box, 1, true)
  elseif not isBrief(record) then
    box.dropped = math.max(box.dropped, position)
  end
  takeOut(box, position)
end

-- Drops the oldest of chats that are larger than a level: of known ones, and of strangers', until they are small enough.
local function dropBeyond(box, measure, known, strangers, gaps)
  local all = lineOf(box, '\\3')
  local position = firstOf(box)
  while position < box.head do
    local records = call('LRANGE', box.log, position - firstOf(box), position - firstOf(box) + 255)
    for _, record in ipairs(records) do
      if position == box.head then return end
      local isKnownOver = measured(box, measure) - all[measure] > known.goal
      local isStrangersOver = all[measure] > strangers.goal
      if not isKnownOver and not isStrangersOver then return end
      if record ~= '' then
        local isStranger = isOfStranger(record)
        local line = box.tally[(isStranger and '\\2' or '\\1') .. chatOf(record)]
        local isOver = not isStranger and isKnownOver and line[measure] > known.level
        if isOver or (isStranger and isStrangersOver and line[measure] > strangers.level) then
          drop(box, position, record, gaps)
        end
      end
      position = position + 1
    end
  end
end

-- The largest chats give way, strangers' counted as one and within their part.
local function dropByChat(box, limits, gaps)
  for measure = 1, 2 do
    local max = measure == 1 and limits.entriesMax or limits.bytesMax
    local part = measure == 1 and limits.strangersEntriesMax or limits.strangersBytesMax
    local ofStrangers = lineOf(box, '\\3')[measure]
    local ofKnown = measured(box, measure) - ofStrangers
    local known, strangers = { level = math.huge, goal = ofKnown }, { level = math.huge, goal = ofStrangers }
    if ofStrangers > part then strangers.goal = below(part) end
    if ofKnown + strangers.goal > max then
      local sizes = sizesOf(box, 1, measure)
      sizes[#sizes + 1] = strangers.goal
      known.level = levelOf(sizes, below(max))
      strangers.goal = math.min(strangers.goal, known.level)
      known.goal = below(max) - strangers.goal
    end
    if strangers.goal < ofStrangers then
      strangers.level = levelOf(sizesOf(box, 2, measure), strangers.goal)
    end
    if strangers.goal < ofStrangers or known.goal < ofKnown then
      dropBeyond(box, measure, known, strangers, gaps)
    end
  end
end

local function startTally(box)
  box.isTallied = 1
  for at = 0, box.length - 1, 256 do
    for _, record in ipairs(call('LRANGE', box.log, at, at + 255)) do
      if record ~= '' then tally(box, record, 1) end
    end
  end
end

-- Those of the fewest chats are kept by name; of others it is said that there are some.
local function foldGaps(box, gaps)
  table.sort(gaps, function(a, b) return a.position > b.position end)
  for i = GAPS_MAX + 1, #gaps do
    box.dropped = math.max(box.dropped, gaps[i].position)
    gaps[i] = nil
  end
end

-- A record came. The newest entry always stays.
local function makeRoom(box, record, limits)
  if not limits.isByChat then
    if not isOver(box, limits) then return end
    push(box)
    while box.length > 1 and isOver(box, limits) do shift(box, 1, true) end
    return
  end
  if box.isTallied == 1 then
    tally(box, record, 1)
  elseif box.count > limits.strangersEntriesMax or box.bytes > limits.strangersBytesMax then
    push(box)
    startTally(box)
  else
    return
  end
  local strangers = lineOf(box, '\\3')
  local isStrangersOver = strangers[1] > limits.strangersEntriesMax or strangers[2] > limits.strangersBytesMax
  if not isStrangersOver and not isOver(box, limits) then return end
  push(box)
  keepTally(box)
  local lines = call('HGETALL', box.keys)
  for i = 1, #lines, 2 do
    if lines[i]:byte(1) <= 3 then box.tally[lines[i]] = { unpackBytes('>dd', lines[i + 1]) } end
  end
  local gaps = gapsOf(box)
  gaps.of = {}
  for _, gap in ipairs(gaps) do gaps.of[gap.chat] = gap end
  dropByChat(box, limits, gaps)
  foldGaps(box, gaps)
  keepGaps(box, gaps)
end

-- Takes so many of the oldest holes out of the log. Entries in front of them move up: who has passed them may get them
-- again. Redis finds and removes them by itself; here is looked at what has a key, and at nothing else.
local function squeeze(box, holesMax)
  local first, holes = firstOf(box), call('LPOS', box.log, '', 'COUNT', holesMax)
  if #holes == 0 then return end
  call('LREM', box.log, #holes, '')
  box.length = box.length - #holes
  local fields = call('HGETALL', box.keys)
  for i = 1, #fields, 2 do
    if (fields[i]:byte(1) or 4) > 3 then
      local position, version = unpackBytes('>dd', fields[i + 1])
      -- How many of the holes are in front of it.
      local low, high = 0, #holes
      while low < high do
        local middle = math.ceil((low + high) / 2)
        if holes[middle] < position - first then low = middle else high = middle - 1 end
      end
      if low < #holes then
        call('HSET', box.keys, fields[i], packBytes('>dd', position + #holes - low, version))
      end
    end
  end
end
`
