import { expect, test } from 'vitest'
import { ERRORS } from '../../proto/errors.ts'
import * as limits from '../../proto/limits.ts'

import { filesOf, read, tableRows } from './tree.ts'

/** The unit, then what it bounds: TEXT_BYTES_MAX, GROUP_MEMBERS_MAX. A fixed size has no MAX. */
const UNIT = /(?:^|_)(?:BYTES|CHARS|MS|S|MEMBERS|REPEATS|CHATS|PARTITIONS|NUMBER|ENTRIES|DEVICES|PAGE)(?:$|_)/

const values = new Map<string, number>(Object.entries(limits))

interface Limit {
  readonly name: string
  readonly value: number
  readonly says: string
}

/** Each exported limit with the comment above it. */
function documentedLimits(): Limit[] {
  const declared = /((?:\/\*\*(?:(?!\*\/)[^])*\*\/\n)?)export const (\w+)/g
  let above = ''
  return [...read('proto/limits.ts').matchAll(declared)].map(([, comment, name]) => {
    if (comment)
      above = comment
        .replaceAll(/^\s*\/?\*+\/? ?|\s*\*\/$/gm, '')
        .replaceAll('\n', ' ')
        .trim()
    return { name: name as string, value: values.get(name as string) ?? 0, says: above }
  })
}

const all = documentedLimits()

function page(): string {
  const sizes = all.map(({ name, value, says }) => `| \`${name}\` | ${value} | ${says} |`)
  const errors = ERRORS.map(
    ({ code, name, fault, advice, text }) => `| ${code} | \`${name}\` | ${fault} | ${advice} | ${text} |`,
  )
  const topics = tableRows(read('proto/topics.ts').replaceAll(/^ \* /gm, '')).map(
    (cells) => `| ${cells.join(' | ')} |`,
  )
  const schemas = filesOf('proto', (path) => path.endsWith('.proto')).map((path) => {
    const subject = /package restante;\n+(?:import[^\n]*\n+)*\/\/ ([^\n]+)/.exec(read(path))?.[1] ?? ''
    return `| [${path.slice(6)}](${path.slice(6)}) | ${subject} |`
  })
  return [
    '# The contract',
    '',
    'What crosses a wire or lies in a store. How clients use it is told in [docs/wire.md](../docs/wire.md). This page is made from the sources: `npx vitest run --project house -u` writes it again.',
    '',
    '## Schemas',
    '',
    'Field numbers are never used again. `golden/` holds bytes that every later version must still read as they were meant.',
    '',
    '| file | what |',
    '| --- | --- |',
    ...schemas,
    '',
    '## Topics',
    '',
    '| topic | who publishes | who gets it | QoS | payload |',
    '| --- | --- | --- | --- | --- |',
    ...topics,
    '',
    '## Errors',
    '',
    'MQTT 3.1.1 can’t refuse a PUBLISH: a refusal is a Rejected entry to the device that sent it, with one of these codes.',
    '',
    '| code | name | whose fault | advice | what |',
    '| --- | --- | --- | --- | --- |',
    ...errors,
    '',
    '## Limits',
    '',
    '| limit | value | what it bounds, and what happens at it |',
    '| --- | --- | --- |',
    ...sizes,
    '',
  ].join('\n')
}

test('G8 every limit of the protocol has a unit in its name, a value and a sentence', () => {
  expect(all.map((limit) => limit.name).toSorted()).toEqual([...values.keys()].toSorted())
  for (const { name, value, says } of all) {
    expect(name).toMatch(UNIT)
    expect(value).toBeGreaterThan(0)
    expect(says.length, name).toBeGreaterThan(10)
  }
})

test('proto/README.md has the schemas, topics, errors and limits of today', async () => {
  await expect(page()).toMatchFileSnapshot('../../proto/README.md')
})
