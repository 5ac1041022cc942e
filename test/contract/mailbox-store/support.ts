import { expect, vi } from 'vitest'
import type {
  Append,
  AppendOutcome,
  Attach,
  AttachOutcome,
  MailboxId,
  MailboxStore,
  ReadResult,
} from '../../../broker/mailbox/store.ts'

/** Text as an entry's bytes, and back: tests read better so. */
export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
export function text(entry: { readonly bytes: Uint8Array }): string {
  return new TextDecoder().decode(entry.bytes)
}

export function entry(mailbox: MailboxId, content: string, more: Partial<Append> = {}): Append {
  return { mailbox, bytes: bytes(content), ...more }
}

/** Appends texts to one mailbox in one call. @returns their positions */
export async function appendTexts(
  store: MailboxStore,
  mailbox: MailboxId,
  ...texts: string[]
): Promise<number[]> {
  return (await store.append(texts.map((content) => entry(mailbox, content)))).map(positionOf)
}

export function positionOf(outcome: AppendOutcome | undefined): number {
  if (outcome?.outcome !== 'stored') throw new Error(`not stored but ${outcome?.outcome}`)
  return outcome.position
}

export function readAll(store: MailboxStore, mailbox: MailboxId, after = 0): Promise<ReadResult> {
  return store.read(mailbox, after, 1_000_000, 1_000_000_000)
}

export async function texts(store: MailboxStore, mailbox: MailboxId, after = 0): Promise<string[]> {
  return (await readAll(store, mailbox, after)).entries.map(text)
}

/** Advances may be coalesced: what they delete goes soon, not at once. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  await vi.waitFor(check, { timeout: 5_000, interval: 5 })
}

export async function expectTexts(
  store: MailboxStore,
  mailbox: MailboxId,
  expected: readonly string[],
): Promise<void> {
  await eventually(async () => expect(await texts(store, mailbox)).toEqual(expected))
}

export type Attached = Extract<AttachOutcome, { outcome: 'attached' }>

export function attached(outcome: AttachOutcome | undefined): Attached {
  if (outcome?.outcome !== 'attached') throw new Error(`not attached but ${outcome?.outcome}`)
  return outcome
}

/** Links or re-attaches a device of `user` at `node`. */
export async function attachDevice(
  store: MailboxStore,
  user: string,
  device: string,
  more: Partial<Attach> = {},
): Promise<Attached> {
  const item: Attach = {
    mailbox: `u/${user}`,
    reader: device,
    node: 'node-1',
    ttlMs: 0,
    tokenIssuedAtMs: Date.now(),
    ...more,
  }
  return attached((await store.attach([item]))[0])
}

export async function attachPartition(
  store: MailboxStore,
  partition: number,
  more: Partial<Attach> = {},
): Promise<Attached> {
  return attached((await store.attach([lease(partition, more)]))[0])
}

export function lease(partition: number, more: Partial<Attach> = {}): Attach {
  return { mailbox: `p/${partition}`, reader: 'worker', node: 'node-1', ttlMs: 60_000, ...more }
}

/** An advance may wait for company; what is asked for its mailbox takes it along. */
export async function advance(
  store: MailboxStore,
  mailbox: MailboxId,
  reader: string,
  epoch: number,
  position: number,
): Promise<boolean | undefined> {
  const advancing = store.advance([{ mailbox, reader, epoch, position }])
  await store.counts([mailbox])
  return (await advancing)[0]
}
