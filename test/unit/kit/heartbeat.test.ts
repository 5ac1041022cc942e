import { expect, it } from 'vitest'
import { beat, newBeats, watch } from '../../../kit/heartbeat.ts'
import { within } from '../../support/deadline.ts'

it('trap 22: a thread that gets no turn after its first step hangs', async () => {
  const beats = newBeats()
  // Ended at once: it never gets the turn in which it would count again.
  beat(beats)()
  let unwatch: (() => void) | undefined
  const hang = new Promise<void>((resolve) => (unwatch = watch(beats, 250, resolve)))
  try {
    await expect(within(hang, 3_000, () => 'the hang')).resolves.toBeUndefined()
  } finally {
    unwatch?.()
  }
})
