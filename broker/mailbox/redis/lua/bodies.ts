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

/** Entries have gone that shared bodies: the hour's bodies; id and how many, … Those that nobody shares any more go. */
export const RELEASE_SCRIPT = messageScript(
  'release',
  /* lua */ `
  for i = a, last, 2 do
    local count = '#' .. ARGV[i]
    if redis.call('HINCRBY', KEYS[k], count, -tonumber(ARGV[i + 1])) <= 0 then
      redis.call('HDEL', KEYS[k], ARGV[i], count)
    end
  end
  return 1`,
)

/** The time of all entries that shared them is over: the hour's bodies. */
export const FORGET_BODIES_SCRIPT = script('forget-bodies', /* lua */ `return redis.call('UNLINK', KEYS[k])`)
