import { OperationalError } from '../../../kit/operational-error.ts'
import type { Acts } from './batches.ts'
import { FORMAT_PLACE } from './keys.ts'
import { FORMAT_SCRIPT } from './lua/registry.ts'
import { numberOf } from './script.ts'

/**
 * Grows when an older program could not read what this one writes. What has no number is of the first; 2: gaps by chat, and
 * what mailboxes share; 3: references have numbers; 4: what is owed to mailboxes whose server is away.
 */
export const FORMAT_VERSION = 4

/**
 * Makes the Redis ours if it is new, and else makes sure that this program understands what is in it, and that no broker
 * runs on it which would not understand this one.
 *
 * @throws OperationalError `redis-newer`, `redis-older-brokers`; StoreUnavailable
 */
export async function checkFormat(acts: Acts): Promise<void> {
  const version = numberOf(await acts.run({ ...FORMAT_PLACE, script: FORMAT_SCRIPT, args: [FORMAT_VERSION] }))
  if (version > FORMAT_VERSION) {
    const known = `format ${version}, this one knows up to ${FORMAT_VERSION}`
    throw new OperationalError('redis-newer', `Redis holds mailboxes of a newer version (${known})`, {
      retryable: false,
    })
  }
  if (version < 0) {
    const formats = `format ${-version}, this one writes ${FORMAT_VERSION}`
    const message = `Brokers of an older version run on this Redis (${formats}): stop all of them first`
    throw new OperationalError('redis-older-brokers', message, { retryable: true })
  }
}
