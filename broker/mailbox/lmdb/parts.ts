import type { TrustedClock } from '../../../kit/clock.ts'
import type { MailboxLimits } from '../store.ts'
import type { Attachments } from './attachments.ts'
import type { Journal } from './journal/journal.ts'
import type { WorkingSet } from './working-set.ts'

/** What the acts of the store work on. */
export interface Parts {
  readonly working: WorkingSet
  readonly journal: Journal
  readonly attachments: Attachments
  readonly limits: MailboxLimits
  readonly clock: TrustedClock
  /** Monotonic ms. */
  readonly uptime: () => number
}
