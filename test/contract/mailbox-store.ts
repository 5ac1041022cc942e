import { afterEach, describe } from 'vitest'
import type { MailboxLimits } from '../../broker/mailbox/store.ts'
import { appendCases } from './mailbox-store/append.ts'
import { clockCases } from './mailbox-store/clocks.ts'
import { barCases } from './mailbox-store/bars.ts'
import { bodyCases } from './mailbox-store/bodies.ts'
import { capCases } from './mailbox-store/caps.ts'
import { commitCases } from './mailbox-store/commit.ts'
import { deviceCases } from './mailbox-store/devices.ts'
import { expiryCases } from './mailbox-store/expiry.ts'
import { keyedCases } from './mailbox-store/keyed.ts'
import { leaseCases } from './mailbox-store/leases.ts'
import { nodeCases } from './mailbox-store/nodes.ts'
import { randomCases } from './mailbox-store/random.ts'
import { readerCases } from './mailbox-store/readers.ts'
import { TestTime } from './mailbox-store/time.ts'
import type { StoreFixture, StoreSetup, Suite } from './mailbox-store/suite.ts'

export const LIMITS: MailboxLimits = {
  userEntriesMax: 10_000,
  userBytesMax: 16_000_000,
  strangersPercentMax: 20,
  partitionEntriesMax: 10_000,
  partitionBytesMax: 16_000_000,
  deadEntriesMax: 1_000,
  devicesPerUserMax: 3,
  retentionMs: 30 * 24 * 3_600_000,
}

/**
 * The definition of the mailbox store: every sentence of broker/mailbox/store.ts as a test. Each store's test file
 * calls it with its name, which stands in every title, and its setup.
 */
export function mailboxStoreContract(name: string, setup: StoreSetup): void {
  describe(`mailbox store on ${name}`, () => {
    const fixtures: StoreFixture[] = []
    const suite: Suite = {
      async fresh(limits = {}) {
        const time = new TestTime()
        const fixture = await setup({ ...LIMITS, ...limits }, time)
        fixtures.push(fixture)
        return { ...fixture, time }
      },
    }
    afterEach(async () => {
      for (const fixture of fixtures.splice(0)) await fixture.destroy()
    })

    appendCases(suite)
    keyedCases(suite)
    capCases(suite)
    bodyCases(suite)
    readerCases(suite)
    deviceCases(suite)
    barCases(suite)
    leaseCases(suite)
    commitCases(suite)
    expiryCases(suite)
    clockCases(suite)
    nodeCases(suite)
    randomCases(suite)
  })
}
