import { messageScript, script } from '../script.ts'

/** An hour's bodies: ids → the bytes of each, or nil. */
export const BODIES_SCRIPT = script(
  'bodies',
  /* lua */ `
  local bodies = {}
  for i = a, last, 1000 do
    for _, bytes in ipairs(redis.call('HMGET', KEYS[k], unpack(ARGV, i, math.min(i + 999, last)))) do
      bodies[#bodies + 1] = bytes
    end
  end
  return bodies`,
)

/** Who shares a body: a bit for each entry, by its number, the lowest of a byte first. */
export const SHARERS = /* lua */ `
local function sharers(count)
  local rest = count % 8
  return ('\\255'):rep((count - rest) / 8) .. (rest > 0 and string.char(2 ^ rest - 1) or '')
end
`

/**
 * Entries have gone that shared bodies: the hour's bodies; id and the numbers of the entries, 2 bytes each, … Those that
 * nobody shares any more go. An entry that goes again, because its mailbox was set back to a time before, changes nothing.
 */
export const RELEASE_SCRIPT = messageScript(
  'release',
  /* lua */ `
  for i = a, last, 2 do
    local id, numbers = ARGV[i], ARGV[i + 1]
    local held = redis.call('HGET', KEYS[k], '#' .. id)
    if held then
      local bits = {}
      for at = 1, #numbers, 2 do
        local number = struct.unpack('>I2', numbers, at)
        local byte = (number - number % 8) / 8 + 1
        bits[byte] = bit.band(bits[byte] or held:byte(byte) or 0, 255 - 2 ^ (number % 8))
      end
      local left = {}
      for byte = 1, #held do left[byte] = string.char(bits[byte] or held:byte(byte)) end
      left = table.concat(left)
      if not left:find('%Z') then
        redis.call('HDEL', KEYS[k], id, '#' .. id)
      elseif left ~= held then
        redis.call('HSET', KEYS[k], '#' .. id, left)
      end
    end
  end
  return 1`,
)

/** The time of all entries that shared them is over: the hour's bodies. */
export const FORGET_BODIES_SCRIPT = script('forget-bodies', /* lua */ `return redis.call('UNLINK', KEYS[k])`)
