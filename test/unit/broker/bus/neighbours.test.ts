import { beforeEach, describe, expect, it } from 'vitest'
import { Neighbours, type NeighbourListener } from '../../../../broker/bus/neighbours.ts'
import { Turn } from '../../../../kit/turn.ts'
import { endOfTurn, log, TestBus, TestMetrics, unexpected } from '../delivery-support.ts'

class Heard implements NeighbourListener {
  readonly calls: unknown[] = []
  told = (...args: unknown[]): unknown => this.calls.push(['told', ...args])
  live = (...args: unknown[]): unknown => this.calls.push(['live', ...args])
  ousted = (...args: unknown[]): unknown => this.calls.push(['ousted', ...args])
  typing = (...args: unknown[]): unknown => this.calls.push(['typing', ...args])
  look = (): unknown => this.calls.push(['look'])
  compare = (): unknown => this.calls.push(['compare'])
  interrupted = (): unknown => this.calls.push(['interrupted'])
}

let bus: TestBus
let metrics: TestMetrics
let a: Neighbours
let heard: Record<'a' | 'b' | 'c', Heard>

beforeEach(async () => {
  bus = new TestBus()
  metrics = new TestMetrics()
  heard = { a: new Heard(), b: new Heard(), c: new Heard() }
  const make = (node: string): Neighbours =>
    new Neighbours(node, { bus: bus.end(), turn: new Turn(unexpected), metrics: metrics.metrics, log })
  a = make('a')
  await a.start(heard.a)
  for (const node of ['b', 'c'] as const) await make(node).start(heard[node])
  a.nodes = ['a', 'b', 'c']
})

const bytes = Buffer.from('entry')

describe('what a node tells its neighbours', () => {
  it('goes to the nodes that have readers, in one frame per turn, and not to itself', async () => {
    a.tell(['a', 'b'], 'u/bob', { position: 7, bytes, only: 'phone' })
    a.tell(['b'], 'u/carol', { position: 8, bytes, except: 'laptop' })
    await endOfTurn()
    expect(heard.b.calls).toEqual([
      ['told', 'u/bob', { position: 7, bytes, only: 'phone', except: undefined }],
      ['told', 'u/carol', { position: 8, bytes, only: undefined, except: 'laptop' }],
    ])
    expect([heard.a.calls, heard.c.calls]).toEqual([[], []])
    expect(metrics.count('busFrame out')).toBe(1)
  })

  it('holds an entry for a thousand mailboxes once', async () => {
    const large = Buffer.alloc(1_000, 1)
    const sizes: number[] = []
    const end = bus.end()
    const counting = { ...end, publish: (node: string, frame: Uint8Array) => void sizes.push(frame.length) }
    const neighbours = new Neighbours('x', {
      bus: counting,
      turn: new Turn(unexpected),
      metrics: metrics.metrics,
      log,
    })
    for (let i = 0; i < 1_000; i++) neighbours.tell(['b'], `u/user${i}`, { position: i + 1, bytes: large })
    await endOfTurn()
    expect(sizes).toHaveLength(1)
    expect(sizes[0]).toBeLessThan(40_000)
  })

  it('goes to all of them when nobody knows who is connected, or when leases changed', async () => {
    a.live({ users: ['bob', 'carol'], entry: bytes, exceptUser: 'bob', exceptDevice: 'phone' })
    a.look()
    a.compare()
    await endOfTurn()
    for (const node of ['b', 'c'] as const)
      expect(heard[node].calls).toEqual([
        [
          'live',
          {
            users: ['bob', 'carol'],
            entry: bytes,
            only: undefined,
            exceptUser: 'bob',
            exceptDevice: 'phone',
          },
        ],
        ['look'],
        ['compare'],
      ])
  })

  it('closes connections of older epochs', async () => {
    a.oust('b', 'bob', 'phone', 12, 'taken-over')
    a.oust('a', 'bob', 'phone', 12, 'taken-over')
    await endOfTurn()
    expect(heard.b.calls).toEqual([['ousted', 'bob', 'phone', 12, 'taken-over']])
    expect(heard.a.calls).toEqual([])
  })

  it('need not be told when a node leaves: then it looks for what nobody told it', async () => {
    a.nodes = ['a', 'c', 'd']
    a.nodes = ['c', 'a', 'd', 'e']
    await endOfTurn()
    expect([heard.a.calls, heard.c.calls]).toEqual([[['compare']], []])
  })

  it('that can not be read is logged and left', async () => {
    bus.end().publish('b', Buffer.from([0xff, 0xff, 0xff]))
    await endOfTurn()
    expect(heard.b.calls).toEqual([])
  })
})
