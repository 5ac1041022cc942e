import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Append, MailboxStore } from '../../../broker/mailbox/store.ts'
import type { Suite } from './suite.ts'
import { ModelMailbox } from './model.ts'
import { advance, attachPartition, attached, bytes, entry, eventually, readAll, text } from './support.ts'

const DEVICES = ['d0', 'd1', 'd2'] as const
const ENTRIES_MAX = 12
const device = fc.constantFrom(...DEVICES)

const anAppend = fc.record(
  {
    key: fc.constantFrom('k1', 'k2', 'k3'),
    version: fc.integer({ min: 0, max: 6 }),
    only: device,
    except: device,
  },
  { requiredKeys: [] },
)

const anAct = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('append' as const),
      items: fc.array(anAppend, { maxLength: 5 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('advance' as const),
      device,
      back: fc.integer({ min: -1, max: 6 }),
      stale: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('attach' as const), device }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('remove' as const), device }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('discard' as const), back: fc.integer({ min: 0, max: 8 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('read' as const),
      after: fc.integer({ min: 0, max: 40 }),
      max: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('reopen' as const) }) },
)
type Act = typeof anAct extends fc.Arbitrary<infer Value> ? Value : never

/** One user's mailbox, carried out on the store and on the model. */
class Run {
  readonly user: string
  readonly mailbox: string
  readonly model = new ModelMailbox(ENTRIES_MAX)
  #count = 0
  #removals = 0

  constructor(user: string) {
    this.user = user
    this.mailbox = `u/${user}`
  }

  async act(store: MailboxStore, act: Exclude<Act, { act: 'reopen' }>): Promise<void> {
    switch (act.act) {
      case 'append':
        return this.#append(store, act.items)
      case 'advance':
        return this.#advance(store, act.device, act.back, act.stale)
      case 'attach':
        return this.#attach(store, act.device)
      case 'remove': {
        const removedAt = this.#removals++
        const node = await store.removeDevice(this.user, act.device, removedAt)
        expect(node !== undefined).toBe(this.model.remove(act.device))
        return
      }
      case 'discard': {
        const position = this.model.head - act.back
        expect(await store.discard(this.mailbox, position)).toBe(this.model.discard(position))
        return
      }
      case 'read': {
        const read = await store.read(this.mailbox, act.after, act.max, 1_000_000)
        const expected = this.model.entries.filter((held) => held.position > act.after)
        expect(read.entries.map(text)).toEqual(expected.slice(0, act.max).map((held) => held.content))
        expect(read.head).toBe(this.model.head)
        if (expected.length <= act.max) expect(read.readUpTo).toBe(read.head)
        else expect(read.readUpTo).toBeGreaterThanOrEqual(read.entries.at(-1)?.position ?? 0)
        if (expected.length > act.max) expect(read.readUpTo).toBeLessThan(expected[act.max]?.position ?? 0)
      }
    }
  }

  async check(store: MailboxStore): Promise<void> {
    await eventually(async () => {
      const read = await readAll(store, this.mailbox)
      expect(read.entries.map((item) => ({ position: item.position, content: text(item) }))).toEqual(
        this.model.entries.map(({ position, content }) => ({ position, content })),
      )
      expect(read).toMatchObject({ head: this.model.head, droppedUpTo: this.model.droppedUpTo })
    })
    const waiting = (await store.devices(this.user)).map((record) => [record.device, record.waiting])
    const expected = [...this.model.devices].map(([name, known]) => [name, this.model.head - known.cursor])
    expect(new Map(waiting as [string, number][])).toEqual(new Map(expected as [string, number][]))
  }

  async #append(store: MailboxStore, items: readonly Partial<Append>[]): Promise<void> {
    const full = items.map((item) => entry(this.mailbox, `m${this.#count++}`, item))
    const expected = full.map((item) => this.model.append(item, text(item)))
    const outcomes = await store.append(full)
    expect(outcomes.map((item) => (item.outcome === 'stored' ? item.position : undefined))).toEqual(expected)
  }

  async #advance(store: MailboxStore, name: string, back: number, stale: boolean): Promise<void> {
    const epochs = this.model.devices.get(name)?.epochs ?? []
    const epoch = (stale ? epochs.at(-2) : epochs.at(-1)) ?? 0
    const position = this.model.head - back
    const expected = this.model.advance(name, epoch, position)
    expect(await advance(store, this.mailbox, name, epoch, position)).toBe(expected)
    // What the model has deleted, the store may delete later: the next act must see both alike.
    await eventually(async () => {
      const { entries } = await readAll(store, this.mailbox)
      expect(entries.map((held) => held.position)).toEqual(this.model.entries.map((held) => held.position))
    })
  }

  async #attach(store: MailboxStore, name: string): Promise<void> {
    const expected = this.model.attach(name)
    const item = { mailbox: this.mailbox, reader: name, node: 'n', ttlMs: 0, tokenIssuedAtMs: Date.now() }
    const outcome = attached((await store.attach([item]))[0])
    const { isNew, cursorMin, cursorMax } = expected
    expect(outcome).toMatchObject({ isNew, head: this.model.head, droppedUpTo: this.model.droppedUpTo })
    expect(outcome.cursor).toBeGreaterThanOrEqual(cursorMin)
    expect(outcome.cursor).toBeLessThanOrEqual(cursorMax)
    expect(outcome.epoch).toBeGreaterThan(this.model.devices.get(name)?.epoch ?? 0)
    this.model.attached(name, outcome.cursor, outcome.epoch)
  }
}

export function randomCases(suite: Suite): void {
  it('does what a plain list would do, for any sequence of acts (G2, G3, G7)', {
    timeout: 120_000,
  }, async () => {
    const fixture = await suite.fresh({ userEntriesMax: ENTRIES_MAX })
    let { store } = fixture
    let users = 0
    await fc.assert(
      fc.asyncProperty(fc.array(anAct, { minLength: 5, maxLength: 40 }), async (acts) => {
        const run = new Run(`user${users++}`)
        for (const act of acts) {
          if (act.act === 'reopen') store = await fixture.reopen()
          else await run.act(store, act)
        }
        await run.check(store)
        store = await fixture.reopen()
        await run.check(store)
      }),
      { numRuns: 60, endOnFailure: false },
    )
  })

  it('commits exactly at the cursor, for any sequence of owners, commits and repeats (G7)', {
    timeout: 60_000,
  }, async () => {
    const fixture = await suite.fresh()
    let { store } = fixture
    let partition = 0
    const aCommit = fc.record({
      act: fc.constantFrom('append', 'attach', 'commit', 'commit', 'commit', 'reopen'),
      from: fc.integer({ min: -1, max: 1 }),
      count: fc.integer({ min: 0, max: 3 }),
      stale: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(aCommit, { maxLength: 40 }), async (acts) => {
        const mine = partition++ % 256
        const mailbox = `p/${mine}`
        const inbox = `u/u${partition}`
        const before = await attachPartition(store, mine)
        let { cursor, head } = before
        const epochs = [before.epoch]
        const delivered: string[] = []
        for (const [index, act] of acts.entries()) {
          const epoch = (act.stale ? epochs.at(-2) : epochs.at(-1)) ?? 0
          if (act.act === 'append') head = (await store.append([entry(mailbox, 'x')])).length + head
          else if (act.act === 'attach') epochs.push((await attachPartition(store, mine)).epoch)
          else if (act.act === 'reopen') store = await fixture.reopen()
          else {
            const from = Math.max(0, cursor + act.from)
            const upTo = Math.min(head, from + act.count)
            const puts = [{ chat: 'c', field: 'last', value: bytes(`${index}`) }]
            const appends = [entry(inbox, `${index}`)]
            const outcome = await store.commit({ partition: mine, epoch, from, upTo, puts, appends })
            const isLatest = epoch === epochs.at(-1)
            if (isLatest && from === cursor && upTo >= from) {
              expect(outcome).toMatchObject({ outcome: 'done', appends: [{ outcome: 'stored' }] })
              delivered.push(`${index}`)
              cursor = upTo
            } else if (isLatest && upTo === cursor && upTo > from) {
              expect(outcome).toEqual({ outcome: 'done', appends: [] })
            } else if (upTo >= from) {
              expect(isLatest ? outcome.outcome : 'refused').toBe('refused')
              if (outcome.outcome === 'done') expect(outcome.appends).toEqual([])
            }
          }
        }
        expect((await readAll(store, inbox)).entries.map(text)).toEqual(delivered)
        expect(await attachPartition(store, mine)).toMatchObject({ cursor, head })
      }),
      { numRuns: 40 },
    )
  })
}
