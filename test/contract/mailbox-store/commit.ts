import { expect, it } from 'vitest'
import type { Commit, MailboxStore } from '../../../broker/mailbox/store.ts'
import type { Suite } from './suite.ts'
import { appendTexts, attachDevice, attachPartition, bytes, entry, expectTexts, texts } from './support.ts'

const CHAT = 'AAAAAAAAAAAAAA'

async function stateOf(store: MailboxStore, partition: number, ...chats: string[]) {
  return (await store.states(partition, chats)).map((fields) =>
    Object.fromEntries([...fields].map(([field, value]) => [field, new TextDecoder().decode(value)])),
  )
}

export function commitCases(suite: Suite): void {
  const partitionWith = async (...contents: string[]) => {
    const fixture = await suite.fresh()
    if (contents.length > 0) await appendTexts(fixture.store, 'p/0', ...contents)
    const { epoch } = await attachPartition(fixture.store, 0)
    const commit = (more: Partial<Commit>): Commit => ({
      partition: 0,
      epoch,
      from: 0,
      upTo: 0,
      puts: [],
      appends: [],
      ...more,
    })
    return { ...fixture, epoch, commit }
  }

  it('moves the cursor, puts state and appends, together', async () => {
    const { store, commit } = await partitionWith('a', 'b', 'c')
    const outcome = await store.commit(
      commit({
        upTo: 2,
        puts: [{ chat: CHAT, field: 'head', value: bytes('h1') }],
        appends: [
          entry('u/ann', 'x'),
          entry('u/bob', 'y'),
          entry('u/ann', 'z'),
          entry('u/ann', 'w', { only: 'no' }),
        ],
      }),
    )
    expect(outcome).toMatchObject({
      outcome: 'done',
      appends: [
        { outcome: 'stored', position: 1, nodes: [] },
        { outcome: 'stored', position: 1 },
        { outcome: 'stored', position: 2 },
        { outcome: 'superseded' },
      ],
    })
    expect(await texts(store, 'u/ann')).toEqual(['x', 'z'])
    expect(await texts(store, 'u/bob')).toEqual(['y'])
    expect(await stateOf(store, 0, CHAT)).toEqual([{ head: 'h1' }])
    await expectTexts(store, 'p/0', ['c'])
    expect(await attachPartition(store, 0)).toMatchObject({ cursor: 2, head: 3, takeovers: 1 })
  })

  it('is refused for any other epoch or cursor, and then does nothing (G7)', async () => {
    const { store, commit, epoch } = await partitionWith('a', 'b', 'c')
    const wish = {
      upTo: 2,
      puts: [{ chat: CHAT, field: 'head', value: bytes('h1') }],
      appends: [entry('u/ann', 'x')],
    }
    expect(await store.commit(commit({ ...wish, epoch: epoch - 1 }))).toEqual({ outcome: 'refused' })
    expect(await store.commit(commit({ ...wish, epoch: epoch + 1 }))).toEqual({ outcome: 'refused' })
    expect(await store.commit(commit({ ...wish, from: 1 }))).toEqual({ outcome: 'refused' })
    expect(await store.commit({ ...commit(wish), partition: 1 })).toEqual({ outcome: 'refused' })
    const next = await attachPartition(store, 0)
    expect(await store.commit(commit(wish))).toEqual({ outcome: 'refused' })
    expect(await texts(store, 'u/ann')).toEqual([])
    expect(await stateOf(store, 0, CHAT)).toEqual([{}])
    expect(await texts(store, 'p/0')).toEqual(['a', 'b', 'c'])
    expect(next.cursor).toBe(0)
  })

  it('is refused if it goes backward, or beyond the head', async () => {
    const { store, commit } = await partitionWith('a', 'b')
    await store.commit(commit({ upTo: 1 }))
    const wish = { from: 1, appends: [entry('u/ann', 'x')] }
    expect(await store.commit(commit({ ...wish, upTo: 0 }))).toEqual({ outcome: 'refused' })
    expect(await store.commit(commit({ ...wish, upTo: 3 }))).toEqual({ outcome: 'refused' })
    expect(await texts(store, 'u/ann')).toEqual([])
  })

  it('says done and does nothing when it was done before (G4)', async () => {
    const { store, commit } = await partitionWith('a', 'b')
    const wish = commit({ upTo: 2, appends: [entry('u/ann', 'x')] })
    await store.commit(wish)
    expect(await store.commit(wish)).toEqual({ outcome: 'done', appends: [] })
    expect(await texts(store, 'u/ann')).toEqual(['x'])
    expect(await store.commit(commit({ from: 0, upTo: 1 }))).toEqual({ outcome: 'refused' })
  })

  it('may come without entries, as often as it likes', async () => {
    const { store, commit } = await partitionWith()
    for (const value of ['1', '2']) {
      const puts = [{ chat: CHAT, field: 'head', value: bytes(value) }]
      expect(await store.commit(commit({ puts, appends: [entry('u/ann', value)] }))).toMatchObject({
        outcome: 'done',
        appends: [{ outcome: 'stored' }],
      })
    }
    expect(await stateOf(store, 0, CHAT)).toEqual([{ head: '2' }])
    expect(await texts(store, 'u/ann')).toEqual(['1', '2'])
  })

  it('decides once, however many commits of one epoch race (G4, G7)', async () => {
    const { store, commit } = await partitionWith('a', 'b')
    const outcomes = await Promise.all(
      ['x', 'y', 'z'].map((content) => store.commit(commit({ upTo: 1, appends: [entry('u/ann', content)] }))),
    )
    expect(
      outcomes.filter((outcome) => outcome.outcome === 'done' && outcome.appends.length === 1),
    ).toHaveLength(1)
    expect(await texts(store, 'u/ann')).toEqual(['x'])
  })

  it('appends to its own partition, to others and to the dead mailbox as well', async () => {
    const { store, commit } = await partitionWith('bad', 'good')
    const appends = [entry('dead', 'bad'), entry('p/0', 'more'), entry('p/1', 'other')]
    expect((await store.commit(commit({ upTo: 1, appends }))).outcome).toBe('done')
    expect(await texts(store, 'dead')).toEqual(['bad'])
    await expectTexts(store, 'p/0', ['good', 'more'])
    expect(await texts(store, 'p/1')).toEqual(['other'])
  })

  it('replaces by key and names nodes as append does', async () => {
    const { store, commit } = await partitionWith('a', 'b')
    await store.announce('node-1', [], 60_000)
    await attachDevice(store, 'ann', 'phone')
    await store.commit(commit({ upTo: 1, appends: [entry('u/ann', 'd1', { key: 'd', version: 1 })] }))
    const outcome = await store.commit(
      commit({
        from: 1,
        upTo: 2,
        appends: [
          entry('u/ann', 'd2', { key: 'd', version: 2 }),
          entry('u/ann', 'd1', { key: 'd', version: 1 }),
        ],
      }),
    )
    expect(outcome).toEqual({
      outcome: 'done',
      appends: [{ outcome: 'stored', position: 2, nodes: ['node-1'] }, { outcome: 'superseded' }],
    })
    expect(await texts(store, 'u/ann')).toEqual(['d2'])
  })

  it('keeps state in fields: puts, overwrites and deletes them one by one', async () => {
    const { store, commit, reopen, epoch } = await partitionWith('a')
    const put = (chat: string, field: string, value?: string) =>
      value === undefined ? { chat, field } : { chat, field, value: bytes(value) }
    await store.commit(
      commit({
        puts: [
          put(CHAT, 'head', 'h'),
          put(CHAT, 'm0', 'ann'),
          put(CHAT, 'd0/phone', '7'),
          put('~dirty', CHAT, ''),
          put('~dirty', 'u:ann', '1'),
          put('BBBBBBBBBBBBBA', 'head', 'other'),
        ],
      }),
    )
    await store.commit(commit({ puts: [put(CHAT, 'm0'), put(CHAT, 'head', 'h2'), put(CHAT, 'head', 'h3')] }))
    const all = [{ head: 'h3', 'd0/phone': '7' }, {}, { [CHAT]: '', 'u:ann': '1' }, { head: 'other' }]
    const asked = [CHAT, 'CCCCCCCCCCCCCA', '~dirty', 'BBBBBBBBBBBBBA']
    expect(await stateOf(store, 0, ...asked)).toEqual(all)
    expect(await stateOf(store, 1, CHAT)).toEqual([{}])
    const again = await reopen()
    expect(await stateOf(again, 0, ...asked)).toEqual(all)
    const next = await attachPartition(again, 0)
    await again.commit(commit({ epoch: next.epoch, puts: [put(CHAT, 'head'), put(CHAT, 'd0/phone')] }))
    expect(next.epoch).toBeGreaterThan(epoch)
    expect(await stateOf(again, 0, CHAT)).toEqual([{}])
  })

  it('keeps the fields of chats apart whose names begin alike', async () => {
    const { store, commit } = await partitionWith()
    await store.commit(
      commit({
        puts: [
          { chat: 'ab', field: 'c', value: bytes('1') },
          { chat: 'a', field: 'bc', value: bytes('2') },
          { chat: 'abc', field: 'd', value: bytes('3') },
        ],
      }),
    )
    expect(await stateOf(store, 0, 'a', 'ab', 'abc')).toEqual([{ bc: '2' }, { c: '1' }, { d: '3' }])
  })

  it('delivers one result to a thousand mailboxes', async () => {
    const { store, commit } = await partitionWith('a')
    const users = Array.from({ length: 1_024 }, (_, i) => `u/user${i}`)
    const outcome = await store.commit(commit({ upTo: 1, appends: users.map((user) => entry(user, 'hi')) }))
    expect(outcome.outcome === 'done' && outcome.appends.length).toBe(1_024)
    expect(await store.heads(users.map((mailbox) => ({ mailbox })))).toEqual(users.map(() => 1))
  })
}
