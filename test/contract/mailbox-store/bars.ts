import { expect, it } from 'vitest'
import type { Suite } from './suite.ts'
import { advance, appendTexts, attachDevice, texts } from './support.ts'

const HOUR = 3_600_000

const attach = (reader: string, tokenIssuedAtMs?: number, transient = false) => ({
  mailbox: 'u/ann',
  reader,
  node: 'node-1',
  ttlMs: 0,
  transient,
  ...(tokenIssuedAtMs === undefined ? {} : { tokenIssuedAtMs }),
})

export function barCases(suite: Suite): void {
  it('attaches no device of a locked user, registered, new or transient, until the user is let in again', async () => {
    const { store, reopen } = await suite.fresh()
    await attachDevice(store, 'ann', 'phone')
    await store.bar('ann', { isLocked: true })
    const again = await reopen()
    const future = Date.now() + HOUR
    const all = [attach('phone', future), attach('laptop', future), attach('visitor', future, true)]
    expect(await again.attach(all)).toEqual(all.map(() => ({ outcome: 'locked' })))
    await attachDevice(again, 'bob', 'phone')
    await again.bar('ann', { isLocked: false })
    const outcomes = await again.attach(all)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['attached', 'attached', 'attached'])
    expect(outcomes[0]).toMatchObject({ isNew: false })
  })

  it("ends a user's tokens: those issued up to then attach nothing, later ones all", async () => {
    const { store, reopen } = await suite.fresh()
    const endedAt = Date.now()
    await attachDevice(store, 'ann', 'phone')
    await store.bar('ann', { tokensUpToMs: endedAt })
    // It only grows.
    await store.bar('ann', { tokensUpToMs: endedAt - HOUR })
    const again = await reopen()
    const old = [
      attach('phone', endedAt),
      attach('phone'),
      attach('laptop', endedAt),
      attach('visitor', endedAt, true),
    ]
    expect(await again.attach(old)).toEqual(old.map(() => ({ outcome: 'token-ended' })))
    expect((await again.attach([attach('phone', endedAt + 1)]))[0]).toMatchObject({ isNew: false })
    expect((await again.attach([attach('visitor', endedAt + 1, true)]))[0]).toMatchObject({
      outcome: 'attached',
    })
  })

  it('keeps a lock when tokens end, and ended tokens when a lock goes', async () => {
    const { store } = await suite.fresh()
    const endedAt = Date.now()
    await store.bar('ann', { isLocked: true })
    await store.bar('ann', { tokensUpToMs: endedAt })
    expect(await store.attach([attach('phone', endedAt + 1)])).toEqual([{ outcome: 'locked' }])
    await store.bar('ann', { isLocked: false })
    expect(await store.attach([attach('phone', endedAt)])).toEqual([{ outcome: 'token-ended' }])
    expect((await store.attach([attach('phone', endedAt + 1)]))[0]).toMatchObject({ isNew: true })
  })

  it('says at which nodes the readers of a barred user are, and that they own nothing any more (G7)', async () => {
    const { store } = await suite.fresh()
    for (const node of ['node-1', 'node-2']) await store.announce(node, [], 60_000)
    const phone = await attachDevice(store, 'ann', 'phone', { node: 'node-1' })
    await attachDevice(store, 'ann', 'visitor', { node: 'node-2', transient: true })
    expect((await store.bar('ann', { isLocked: true })).toSorted()).toEqual(['node-1', 'node-2'])
    await appendTexts(store, 'u/ann', 'a')
    const look = { mailbox: 'u/ann', owned: { reader: 'phone', epoch: phone.epoch } }
    expect(await store.heads([look])).toEqual([undefined])
    // What it had got all the same need not come again.
    expect(await advance(store, 'u/ann', 'phone', phone.epoch, 1)).toBe(true)
    await store.detach([
      { mailbox: 'u/ann', reader: 'phone', node: 'node-1', epoch: phone.epoch },
      { mailbox: 'u/ann', reader: 'visitor', node: 'node-2', epoch: 0, transient: true },
    ])
    expect(await store.bar('ann', {})).toEqual([])
    expect(await store.bar('nobody', { isLocked: true })).toEqual([])
  })

  it('keeps the mail of a locked user (G2)', async () => {
    const { store, reopen } = await suite.fresh()
    await attachDevice(store, 'ann', 'phone')
    await store.bar('ann', { isLocked: true })
    await appendTexts(store, 'u/ann', 'a', 'b')
    const again = await reopen()
    await again.bar('ann', { isLocked: false })
    expect(await attachDevice(again, 'ann', 'phone')).toMatchObject({ cursor: 0, head: 2 })
    expect(await texts(again, 'u/ann')).toEqual(['a', 'b'])
  })

  it('lists transient readers behind the registered devices, while they are attached', async () => {
    const { store } = await suite.fresh()
    await store.announce('node-1', [], 60_000)
    await attachDevice(store, 'ann', 'visitor', { transient: true })
    await attachDevice(store, 'ann', 'visitor', { transient: true })
    await attachDevice(store, 'ann', 'phone')
    const list = async () =>
      (await store.devices('ann')).map(({ device, node, isTransient }) => ({ device, node, isTransient }))
    const phone = { device: 'phone', node: 'node-1', isTransient: false }
    const visitor = { device: 'visitor', node: 'node-1', isTransient: true }
    expect(await list()).toEqual([phone, visitor])
    const leave = { mailbox: 'u/ann', reader: 'visitor', node: 'node-1', epoch: 0, transient: true }
    await store.detach([leave])
    expect(await list()).toEqual([phone, visitor])
    await store.detach([leave])
    expect(await list()).toEqual([phone])
  })

  it('has who was let in again own what it attaches (G7)', async () => {
    const { store, reopen } = await suite.fresh()
    await attachDevice(store, 'ann', 'phone')
    await store.bar('ann', { isLocked: true, tokensUpToMs: Date.now() - HOUR })
    const again = await reopen()
    await again.bar('ann', { isLocked: false })
    const { epoch, head } = await attachDevice(again, 'ann', 'phone')
    expect(await again.heads([{ mailbox: 'u/ann', owned: { reader: 'phone', epoch } }])).toEqual([head])
  })

  it('tells of a bar without an attach, for workers', async () => {
    const { store, reopen } = await suite.fresh()
    const endedAt = Date.now()
    expect(await store.barred('ann', endedAt)).toBeUndefined()
    await store.bar('ann', { tokensUpToMs: endedAt })
    const again = await reopen()
    expect(await again.barred('ann', endedAt)).toBe('token-ended')
    expect(await again.barred('ann', undefined)).toBe('token-ended')
    expect(await again.barred('ann', endedAt + 1)).toBeUndefined()
    await again.bar('ann', { isLocked: true })
    expect(await again.barred('ann', endedAt + 1)).toBe('locked')
  })
}
