import { describe, expect, test } from 'vitest'
import { filesOf, read, tableRows } from './tree.ts'

const STATUS = ['Proposed', 'Accepted', 'Superseded', 'Dropped']
const SECTIONS = ['Context', 'Decision', 'Options', 'Consequences', 'Revisions']
const decisions = filesOf('docs/adr', (path) => !path.endsWith('README.md'))
const index = tableRows(read('docs/adr/README.md'))

/** The second line's cells by their label: | Date | … | Status | … | */
function facts(text: string): Map<string, string> {
  const cells = (text.split('\n')[1] ?? '').split('|').map((cell) => cell.trim())
  const labels = ['Date', 'Status', 'Tags', 'Replaces']
  return new Map(labels.map((label) => [label, cells[cells.indexOf(label) + 1] ?? '']))
}

test('decisions are numbered from 0001 without a gap', () => {
  expect(decisions.length).toBeGreaterThan(5)
  expect(decisions.map((path) => path.slice('docs/adr/'.length, 'docs/adr/'.length + 4))).toEqual(
    decisions.map((_, i) => String(i + 1).padStart(4, '0')),
  )
})

test('the index lists exactly the decisions, each with its title and status', () => {
  expect(index).toEqual(
    decisions.map((path) => {
      const file = path.slice('docs/adr/'.length)
      const text = read(path)
      const [number, ...title] = (text.split('\n')[0] ?? '').slice(2).split(' ')
      return [`[${number}](${file})`, title.join(' '), facts(text).get('Status')]
    }),
  )
})

describe.each(decisions)('%s', (path) => {
  const text = read(path)

  test('has a number and title, a date, a known status, and all sections in order', () => {
    expect(path).toMatch(/^docs\/adr\/\d{4}-[a-z0-9.-]+\.md$/)
    expect(text.split('\n')[0]).toMatch(new RegExp(`^# ${path.slice(9, 13)} \\S`))
    expect(facts(text).get('Date')).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(STATUS).toContain(facts(text).get('Status'))
    expect([...text.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(SECTIONS)
    for (const section of SECTIONS) expect(text).toMatch(new RegExp(`^## ${section}\\n+\\S`, 'm'))
  })

  test('names only files that exist', () => {
    const everything = filesOf('.')
    const named = [...text.matchAll(/`((?:broker|workers|clients|proto|kit|test|bench|docs)\/[\w./*-]+)`/g)]
    for (const [, name] of named) {
      const pattern = new RegExp(
        `^${(name as string).replaceAll('.', '\\.').replaceAll(/\*+/g, '.*').replace(/\/$/, '/.*')}`,
      )
      expect(
        everything.some((file) => pattern.test(file)),
        name,
      ).toBe(true)
    }
  })
})
