import { messageScript, script } from '../script.ts'
import { APPEND, BOX, READERS } from './box.ts'

/**
 * Records to the end of one mailbox: meta, log, keys; limits (mayDrop, entriesMax, bytesMax), fence, records →
 * [nodes, hour to be noted for sweeping or 0, position | 0 superseded | -1 full, …], or, of a pending commit, below -3 (it
 * came here before: the id that the mailbox keeps, as a negative number) or -3 (it comes too late): nothing was done.
 *
 * `fence` is '' or, for appends of a pending commit, `a<partition> <commit id> <not after, Unix ms>`. The mailbox
 * keeps the id; those older than ten minutes are forgotten when there are many and a new one comes, for every call that they
 * would refuse is past its "not after" by then (ADR 0013).
 */
export const APPEND_SCRIPT = messageScript(
  'append',
  /* lua */ `
  if ARGV[a + 1] ~= '' then
    local field, id, notAfter = ARGV[a + 1]:match('(%S+) (%S+) (%S+)')
    if now > tonumber(notAfter) then return -3 end
    local held = tonumber(call('HGET', KEYS[k], field)) or 0
    if held >= tonumber(id) then return -held end
    local isNew = call('HSET', KEYS[k], field, id)
    -- What was owed for long would be forgotten at once, and be taken a second time.
    local isOld = tonumber(id) / 1024 < now - 600000
    if isNew == 1 and not isOld and call('HLEN', KEYS[k]) > 24 then
      local fields = call('HGETALL', KEYS[k])
      for i = 1, #fields, 2 do
        if fields[i]:match('^a%d') and tonumber(fields[i + 1]) / 1024 < now - 600000 then
          call('HDEL', KEYS[k], fields[i])
        end
      end
    end
  end
  return appendAll(k, a + 2, last, limitsOf(ARGV[a]))`,
  BOX,
  APPEND,
)

/** meta, log, keys; after, entriesMax, bytesMax, time → [head, dropped up to, read up to, gaps, position, record, …]. Writes nothing. */
export const READ_SCRIPT = script(
  'read',
  /* lua */ `
  local after, entriesLeft, bytesLeft = tonumber(ARGV[a]), tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2])
  local time = tonumber(ARGV[a + 3])
  local box = openBox(k)
  local head, first = box.head, firstOf(box)
  local position, step, looked = math.max(after + 1, first), 16, 0
  local isFront = true
  local reply = { head, box.dropped, head, box.isTallied == 1 and call('HGET', KEYS[k], 'g') or '' }
  while position <= head do
    if entriesLeft <= 0 or bytesLeft <= 0 or looked >= 20000 then
      reply[3] = position - 1
      break
    end
    local records = call('LRANGE', KEYS[k + 1], position - first, position - first + step - 1)
    for i = 1, #records do
      local record = records[i]
      if record ~= '' then
        local expires, size = expiryOf(record), sizeOf(record)
        if expires > 0 and expires <= time and (isFront or isBrief(record)) then
          if not isBrief(record) then reply[2] = math.max(reply[2], position) end
        else
          isFront = false
          if size > bytesLeft and #reply > 4 then bytesLeft = 0 end
          if entriesLeft <= 0 or bytesLeft <= 0 then break end
          reply[#reply + 1] = position
          reply[#reply + 1] = record
          entriesLeft, bytesLeft = entriesLeft - 1, bytesLeft - size
        end
      end
      position = position + 1
    end
    looked = looked + #records
    step = math.min(step * 2, 256)
  end
  return reply`,
  BOX,
)

/**
 * meta, log, keys; reader's field, epoch, position → 1, or 0: the epoch is not the reader's, or no such reader.
 * Entries that are for this reader alone go as it passes them, also while others hold the rest back.
 */
export const ADVANCE_SCRIPT = messageScript(
  'advance',
  /* lua */ `
  local readers, count, _, numbers = readersOf(KEYS[k])
  local reader = readers[ARGV[a]]
  if not reader or reader.epoch ~= tonumber(ARGV[a + 1]) then return 0 end
  local box = boxOf(k, numbers)
  local from, position = reader.cursor, math.min(tonumber(ARGV[a + 2]), box.head)
  if position <= from then return 1 end
  reader.cursor = position
  trim(box, readers, 5000)
  if count > 1 then takeOutOnly(box, ARGV[a]:sub(3), from + 1, position) end
  call('HSET', KEYS[k], ARGV[a], packReader(reader), 'x', numbersOf(box))
  return 1`,
  BOX,
  READERS,
)

/** meta, log, keys; position → whether it was there. */
export const DISCARD_SCRIPT = script(
  'discard',
  /* lua */ `
  local box = openBox(k)
  if not takeOut(box, tonumber(ARGV[a])) then return 0 end
  closeBox(box)
  return 1`,
  BOX,
)

/** meta; reader's field and epoch, or nothing → head, or -1: the epoch is not the reader's, or no such reader. */
export const HEAD_SCRIPT = script(
  'head',
  /* lua */ `
  if last > a then
    local v, epoch = call('HMGET', KEYS[k], ARGV[a], 'b'), tonumber(ARGV[a + 1])
    if not v[1] or unpackReader(v[1]).epoch ~= epoch or epoch <= (tonumber(v[2]) or 0) then return -1 end
  end
  return headOf(KEYS[k])`,
  BOX,
  READERS,
)

/** meta → how many entries there are. */
export const COUNT_SCRIPT = script('count', /* lua */ `return openBox(k).count`, BOX)
