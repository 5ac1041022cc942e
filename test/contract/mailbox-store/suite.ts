import type { MailboxLimits, MailboxStore } from '../../../broker/mailbox/store.ts'

/** One empty store, and the ways in and out of it. */
export interface StoreFixture {
  readonly store: MailboxStore
  /** Closes the store in order and opens it again on the same data. */
  readonly reopen: () => Promise<MailboxStore>
  /** Closes what is open and removes the data. */
  readonly destroy: () => Promise<void>
}

/** Opens a fresh, empty store with these limits. */
export type StoreSetup = (limits: MailboxLimits) => Promise<StoreFixture>

export interface Suite {
  /** A fresh store of this test, destroyed after it. */
  readonly fresh: (limits?: Partial<MailboxLimits>) => Promise<StoreFixture>
}
