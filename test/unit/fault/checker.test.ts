import { describe, expect, test } from 'vitest'
import { check } from '../../fault/checker.ts'
import type { Observation, Plan, Rule } from '../../fault/observation.ts'

/** A good run by hand: a direct chat, and a group that dave joins and bob leaves. Then each fault is planted in it. */
const devices = [
  { user: 'alice', device: 'phone' },
  { user: 'alice', device: 'laptop' },
  { user: 'bob', device: 'phone' },
  { user: 'dave', device: 'phone' },
]
const plan: Plan = {
  devices,
  chats: new Map([
    ['direct', ['alice', 'bob']],
    ['group', ['alice', 'bob']],
  ]),
}
const at = (user: string, device: string, chat: string) => ({ user, device, chat })
const arrived = (who: string, chat: string, seq: number, sender: string, text: string): Observation => ({
  ...at(...(who.split('/') as [string, string]), chat),
  what: 'arrived',
  seq,
  sender,
  text,
})
const sends = (who: string, chat: string, text: string, seq: number): Observation[] => {
  const from = at(...(who.split('/') as [string, string]), chat)
  return [
    { ...from, what: 'sent', text },
    { ...from, what: 'acknowledged', text },
    { ...from, what: 'accepted', text, seq },
  ]
}
const told = (
  who: string,
  chat: string,
  what: 'delivered' | 'read' | 'marked-read',
  upTo: number,
): Observation => ({
  ...at(...(who.split('/') as [string, string]), chat),
  what,
  upTo,
})
const changed = (who: string, seq: number, joined: string[], left: string[]): Observation => ({
  ...at(...(who.split('/') as [string, string]), 'group'),
  what: 'changed',
  seq,
  by: 'alice',
  joined,
  left,
})

function goodRun(): Observation[] {
  return [
    ...sends('alice/phone', 'direct', 'd1', 1),
    ...sends('alice/phone', 'direct', 'd2', 2),
    arrived('bob/phone', 'direct', 1, 'alice', 'd1'),
    arrived('bob/phone', 'direct', 2, 'alice', 'd2'),
    arrived('alice/laptop', 'direct', 1, 'alice', 'd1'),
    arrived('alice/laptop', 'direct', 2, 'alice', 'd2'),
    told('alice/phone', 'direct', 'delivered', 1),
    told('alice/phone', 'direct', 'delivered', 2),
    told('alice/laptop', 'direct', 'delivered', 2),
    told('bob/phone', 'direct', 'marked-read', 2),
    told('alice/phone', 'direct', 'read', 2),
    told('alice/laptop', 'direct', 'read', 2),
    // The group: seq 1 by bob, dave joins at 2, alice writes 3, bob leaves at 4, alice writes 5.
    ...sends('bob/phone', 'group', 'g1', 1),
    arrived('alice/phone', 'group', 1, 'bob', 'g1'),
    arrived('alice/laptop', 'group', 1, 'bob', 'g1'),
    told('bob/phone', 'group', 'delivered', 1),
    ...['alice/phone', 'alice/laptop', 'bob/phone', 'dave/phone'].map((who) => changed(who, 2, ['dave'], [])),
    ...sends('alice/laptop', 'group', 'g3', 3),
    ...['alice/phone', 'bob/phone', 'dave/phone'].map((who) => arrived(who, 'group', 3, 'alice', 'g3')),
    ...['alice/phone', 'alice/laptop', 'bob/phone', 'dave/phone'].map((who) => changed(who, 4, [], ['bob'])),
    ...sends('alice/phone', 'group', 'g5', 5),
    ...['alice/laptop', 'dave/phone'].map((who) => arrived(who, 'group', 5, 'alice', 'g5')),
    told('alice/phone', 'group', 'delivered', 5),
    told('alice/laptop', 'group', 'delivered', 5),
  ]
}

const rulesBroken = (log: readonly Observation[]): Rule[] => [
  ...new Set(check(plan, log).violations.map(({ rule }) => rule)),
]
const matching = (part: Partial<Record<string, unknown>>) => (one: Observation) =>
  Object.entries(part).every(([name, value]) => (one as unknown as Record<string, unknown>)[name] === value)
const without = (part: Partial<Record<string, unknown>>): Observation[] =>
  goodRun().filter((one) => !matching(part)(one))
/** The observation moved to right behind another one. */
function moved(
  part: Partial<Record<string, unknown>>,
  behind: Partial<Record<string, unknown>>,
): Observation[] {
  const one = goodRun().find(matching(part)) as Observation
  const rest = goodRun().filter((other) => !matching(part)(other))
  const to = rest.findIndex(matching(behind))
  return [...rest.slice(0, to + 1), one, ...rest.slice(to + 1)]
}
const bobs = { user: 'bob', device: 'phone', chat: 'direct' }

test('a good run has no violation, and is counted', () => {
  expect(check(plan, goodRun())).toEqual({
    violations: [],
    sent: 5,
    acknowledged: 5,
    messages: 5,
    arrivals: 11,
  })
})

test('a refused send is no loss', () => {
  const refused = at('bob', 'phone', 'direct')
  expect(
    rulesBroken([
      ...goodRun(),
      { ...refused, what: 'sent', text: 'no' },
      { ...refused, what: 'acknowledged', text: 'no' },
      { ...refused, what: 'rejected', text: 'no', code: 'forbidden' },
    ]),
  ).toEqual([])
})

test('a send that was never acknowledged may be nowhere', () => {
  expect(
    rulesBroken([...goodRun(), { ...at('bob', 'phone', 'direct'), what: 'sent', text: 'lost on the air' }]),
  ).toEqual([])
})

test('what a device said that it has read, and then lost with its backup, was told to the server or not', () => {
  const restored: Observation = { ...at('bob', 'phone', ''), what: 'restored' }
  expect(rulesBroken([...goodRun(), restored])).toEqual([])
  expect(rulesBroken([...without({ what: 'read' }), restored])).toEqual([])
})

test('a hole is told, unless whoever was a member there has lost what they had', () => {
  const hole = [
    ...sends('alice/phone', 'alone', 'a1', 1),
    ...sends('alice/phone', 'alone', 'a4', 4),
    arrived('alice/laptop', 'alone', 1, 'alice', 'a1'),
    arrived('alice/laptop', 'alone', 4, 'alice', 'a4'),
  ]
  const restored = (device: string): Observation => ({ ...at('alice', device, ''), what: 'restored' })
  const holes = (log: readonly Observation[]): string[] =>
    check({ devices, chats: new Map([['alone', ['alice']]]) }, log)
      .violations.map(({ says }) => says)
      .filter((says) => says.includes('nobody was given'))
  expect(holes(hole)).toEqual(['alone: nobody was given seq 2 to 3'])
  expect(holes([...hole, restored('phone')])).toEqual(['alone: nobody was given seq 2 to 3'])
  expect(holes([...hole, restored('phone'), restored('laptop')])).toEqual([])
})

test('a gap that a device is told of which lost its backup: not where others have what another one sent', () => {
  const restored: Observation = { ...at('bob', 'phone', ''), what: 'restored' }
  const gap = (firstSeq: number, lastSeq: number): Observation[] => [
    ...goodRun(),
    restored,
    { ...at('bob', 'phone', 'direct'), what: 'gap', firstSeq, lastSeq },
  ]
  expect(rulesBroken(gap(3, 4))).toEqual([])
  const later = [
    ...sends('alice/phone', 'direct', 'd3', 3),
    arrived('alice/laptop', 'direct', 3, 'alice', 'd3'),
  ]
  expect(rulesBroken([...gap(3, 4), ...later])).toEqual(['lost'])
})

test('what comes twice is told with what its app went through in between', () => {
  const log: Observation[] = [
    ...goodRun(),
    { ...at('bob', 'phone', ''), what: 'restarted' },
    { ...at('bob', 'phone', 'direct'), what: 'set-back', firstSeq: 2 },
    { ...at('alice', 'phone', ''), what: 'restarted' },
    arrived('bob/phone', 'direct', 2, 'alice', 'd2'),
  ]
  expect(check(plan, log).violations.map(({ says }) => says)).toEqual([
    'direct seq 2 at bob/phone was given to the app again, meanwhile restarted, set back',
  ])
})

describe('each planted fault is seen:', () => {
  const faults: [name: string, rule: Rule, log: Observation[]][] = [
    [
      'one answer for sends to several chats',
      'disagreement',
      [...goodRun(), { ...at('alice', 'phone', ''), what: 'mixed', texts: ['d1', 'g1'] }],
    ],
    [
      'acknowledged, and nobody has it',
      'lost',
      [
        ...goodRun(),
        { ...at('alice', 'phone', 'direct'), what: 'sent', text: 'x' },
        { ...at('alice', 'phone', 'direct'), what: 'acknowledged', text: 'x' },
      ],
    ],
    [
      'one device of a member missed the last message',
      'lost',
      without({ user: 'alice', device: 'laptop', what: 'arrived', text: 'd2' }),
    ],
    [
      'a member missed a message in the middle',
      'reordered',
      without({ ...bobs, what: 'arrived', text: 'd1' }),
    ],
    ['a seq that nobody was given', 'lost', [...goodRun(), ...sends('alice/phone', 'direct', 'd4', 4)]],
    ['given to the app twice', 'doubled', [...goodRun(), arrived('bob/phone', 'direct', 2, 'alice', 'd2')]],
    [
      'one send became two messages',
      'doubled',
      [
        ...goodRun(),
        arrived('bob/phone', 'direct', 3, 'alice', 'd2'),
        arrived('alice/laptop', 'direct', 3, 'alice', 'd2'),
        arrived('alice/phone', 'direct', 3, 'alice', 'd2'),
      ],
    ],
    [
      'two messages in the wrong order',
      'reordered',
      moved({ ...bobs, what: 'arrived', seq: 1 }, { ...bobs, what: 'arrived', seq: 2 }),
    ],
    [
      'the sends of a device numbered in another order',
      'reordered',
      moved({ what: 'sent', text: 'd1' }, { what: 'sent', text: 'd2' }),
    ],
    [
      'a message to a stranger',
      'non-member',
      [...goodRun(), arrived('dave/phone', 'direct', 1, 'alice', 'd1')],
    ],
    [
      'a message from before they joined',
      'non-member',
      [...goodRun(), arrived('dave/phone', 'group', 1, 'bob', 'g1')],
    ],
    [
      'a message from after they left',
      'non-member',
      [...goodRun(), arrived('bob/phone', 'group', 5, 'alice', 'g5')],
    ],
    [
      'a message to a device that nobody planned',
      'non-member',
      [...goodRun(), arrived('bob/stolen', 'direct', 1, 'alice', 'd1')],
    ],
    ['a receipt to a stranger', 'non-member', [...goodRun(), told('dave/phone', 'direct', 'delivered', 2)]],
    [
      'two texts at one position',
      'disagreement',
      goodRun().map((one) =>
        matching({ user: 'alice', device: 'laptop', what: 'arrived', text: 'd2' })(one)
          ? arrived('alice/laptop', 'direct', 2, 'alice', 'other')
          : one,
      ),
    ],
    [
      'two senders of one position',
      'disagreement',
      goodRun().map((one) =>
        matching({ ...bobs, what: 'arrived', text: 'd2' })(one)
          ? arrived('bob/phone', 'direct', 2, 'bob', 'd2')
          : one,
      ),
    ],
    [
      'refused, and a message all the same',
      'disagreement',
      [...goodRun(), { ...at('alice', 'phone', 'direct'), what: 'rejected', text: 'd2', code: 'internal' }],
    ],
    ['a receipt that shrinks', 'receipt', [...goodRun(), told('alice/phone', 'direct', 'delivered', 1)]],
    [
      'a receipt before the message came',
      'receipt',
      moved(
        { user: 'alice', device: 'phone', what: 'delivered', upTo: 2, chat: 'direct' },
        { ...bobs, what: 'arrived', seq: 1 },
      ),
    ],
    ['a read receipt that nobody gave', 'receipt', without({ ...bobs, what: 'marked-read' })],
    [
      'a delivered receipt that never came',
      'receipt',
      without({ user: 'alice', device: 'laptop', what: 'delivered', chat: 'direct' }),
    ],
    ['a read receipt that never came', 'receipt', without({ user: 'alice', device: 'phone', what: 'read' })],
    [
      'a receipt that still waits for who has left',
      'receipt',
      without({ user: 'alice', device: 'phone', chat: 'group', what: 'delivered' }),
    ],
  ]
  test.each(faults)('%s: %s', (_, rule, log) => {
    expect(rulesBroken(log)).toContain(rule)
  })
})

describe('mailboxes that were put back to a copy', () => {
  const everywhere = { user: '', device: '', chat: '' }
  const ahead = 1_000_006
  /** Of g6 and g7, sent since the copy, the one is at some devices and the other at none. */
  const restoredRun = (): Observation[] => [
    ...goodRun(),
    { ...everywhere, what: 'copied' },
    ...sends('alice/phone', 'group', 'g6', 6),
    arrived('alice/laptop', 'group', 6, 'alice', 'g6'),
    { ...at('alice', 'phone', 'group'), what: 'sent', text: 'g7' },
    { ...at('alice', 'phone', 'group'), what: 'acknowledged', text: 'g7' },
    { ...everywhere, what: 'put-back', members: new Map([['group', ['alice', 'dave']]]) },
    { ...at('dave', 'phone', ''), what: 'gap' },
    ...sends('dave/phone', 'group', 'g8', ahead),
    ...['alice/phone', 'alice/laptop'].map((who) => arrived(who, 'group', ahead, 'dave', 'g8')),
    told('dave/phone', 'group', 'delivered', ahead),
  ]
  const less = (part: Partial<Record<string, unknown>>): Observation[] =>
    restoredRun().filter((one) => !matching(part)(one))

  test('may have lost what came since', () => expect(rulesBroken(restoredRun())).toEqual([]))

  test('have lost nothing else', () => {
    const phone = { user: 'dave', device: 'phone', chat: 'group' }
    expect(rulesBroken(less({ ...phone, seq: 3 }))).toContain('lost')
    expect(rulesBroken(less({ user: 'alice', device: 'laptop', seq: ahead }))).toContain('lost')
    expect(
      rulesBroken(less({ what: 'accepted', text: 'g1' }).filter((one) => !matching({ text: 'g1' })(one))),
    ).toContain('lost')
    expect(rulesBroken(less({ what: 'copied' }))).toContain('lost')
  })

  test('give no seq a second time, and nothing to who was removed', () => {
    expect(rulesBroken([...restoredRun(), ...sends('dave/phone', 'group', 'g9', 6)])).toContain(
      'disagreement',
    )
    expect(rulesBroken([...restoredRun(), arrived('bob/phone', 'group', ahead, 'dave', 'g8')])).toContain(
      'non-member',
    )
  })
})
