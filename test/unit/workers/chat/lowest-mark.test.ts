import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LowestMark } from '../../../../workers/chat/lowest-mark.ts'
import type { Member } from '../../../../workers/chat/member.ts'

const member = (delivered: number): Member => ({ delivered }) as Member

/** Counts how often somebody looks at all members. */
class Counted extends Array<Member> {
  looks = 0
  override [Symbol.iterator](): ArrayIterator<Member> {
    this.looks++
    return super[Symbol.iterator]()
  }
}

function countLooks(
  size: number,
  order: (members: readonly Member[], seq: number) => readonly Member[],
): number {
  const members = new Counted()
  for (let i = 0; i < size; i++) members.push(member(0))
  const lowest = new LowestMark('delivered', members)
  members.looks = 0
  for (let seq = 1; seq <= 10; seq++)
    for (const riser of order(
      Array.from({ length: size }, (_, i) => members[i] as Member),
      seq,
    )) {
      const before = riser.delivered
      riser.delivered = seq
      lowest.rose(before, members)
    }
  return members.looks
}

describe('the lowest mark of the others', () => {
  it('is what looking at all of them would say, for each member, after any rises', () => {
    const rise = fc.record({ who: fc.nat(5), by: fc.integer({ min: 1, max: 3 }) })
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 6 }), fc.array(rise), (marks, rises) => {
        const members = marks.map(member)
        const lowest = new LowestMark('delivered', members)
        for (const { who, by } of rises) {
          const riser = members[who % members.length] as Member
          const expectedBefore = members.map((each) => lowest.ofOthers(each))
          const before = riser.delivered
          riser.delivered += by
          const moved = lowest.rose(before, members)
          const expected = members.map((each) =>
            Math.min(...members.filter((other) => other !== each).map((other) => other.delivered)),
          )
          expect(members.map((each) => lowest.ofOthers(each))).toEqual(expected)
          if (!moved) expect(expected).toEqual(expectedBefore)
        }
      }),
    )
  })

  it('costs a few looks for each message in a group of 1,024, in whatever order the marks come', () => {
    expect(countLooks(1_024, (members) => members)).toBeLessThanOrEqual(30)
    expect(countLooks(1_024, (members) => members.toReversed())).toBeLessThanOrEqual(30)
    expect(
      countLooks(1_024, (members, seq) => (seq % 2 === 0 ? members : members.toReversed())),
    ).toBeLessThanOrEqual(30)
  })

  it('costs as little while one member is away', () => {
    expect(countLooks(1_024, (members) => members.slice(1))).toBeLessThanOrEqual(30)
    expect(countLooks(1_024, (members) => members.slice(0, -2))).toBeLessThanOrEqual(30)
  })
})
