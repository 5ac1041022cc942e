import type { MailboxLimits, MailboxStore } from '../../../broker/mailbox/store.ts'
import type { TestTime } from './time.ts'

/** One empty store, and the ways in and out of it. */
export interface StoreFixture {
  readonly store: MailboxStore
  /** Closes the store in order and opens it again on the same data. */
  readonly reopen: () => Promise<MailboxStore>
  /** Closes what is open and removes the data. */
  readonly destroy: () => Promise<void>
}

/** Opens a fresh, empty store with these limits and this time. */
export type StoreSetup = (limits: MailboxLimits, time: TestTime) => Promise<StoreFixture>

export interface Suite {
  /** A fresh store of this test, destroyed after it. */
  readonly fresh: (limits?: Partial<MailboxLimits>) => Promise<StoreFixture & { readonly time: TestTime }>
}
