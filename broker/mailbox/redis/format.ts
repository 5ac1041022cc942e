import { OperationalError } from '../../../kit/operational-error.ts'
import type { Acts } from './batches.ts'
import { formatPlace } from './keys.ts'
import { FORMAT_SCRIPT } from './lua/registry.ts'
import { numberOf } from './script.ts'

/** Grows when an older program could not read what this one writes. What has no number is of the first. */
const FORMAT_VERSION = 2

/**
 * Makes the Redis ours if it is new, and else makes sure that this program understands what is in it.
 *
 * @throws OperationalError `redis-newer`; StoreUnavailable
 */
export async function checkFormat(acts: Acts): Promise<void> {
  const version = numberOf(await acts.run({ ...formatPlace, script: FORMAT_SCRIPT, args: [FORMAT_VERSION] }))
  if (version <= FORMAT_VERSION) return
  const known = `format ${version}, this one knows up to ${FORMAT_VERSION}`
  throw new OperationalError('redis-newer', `Redis holds mailboxes of a newer version (${known})`, {
    retryable: false,
  })
}
