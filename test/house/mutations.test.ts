import { expect, test } from 'vitest'
import { MUTATIONS } from '../mutants/mutations.ts'
import { MISTAKES } from '../sim/mistakes/mistakes.ts'
import { filesOf, read, titlesOf } from './tree.ts'

test.each(MUTATIONS)(
  'what is broken stands once in its file, and so does the test that sees it: $breaks',
  (mutation) => {
    const { file, from, to, seenBy } = mutation
    expect(filesOf('.')).toContain(file)
    expect(from).not.toBe(to)
    expect(read(file).split(from), `"${from}" in ${file}`).toHaveLength(2)
    expect(titlesOf(seenBy.file).filter((title) => title.includes(seenBy.test))).toHaveLength(1)
  },
)

test.each(MISTAKES)('what the simulator is to see broken stands once in its file: $name', ({ edits }) => {
  for (const { file, from, to } of edits) {
    expect(from).not.toBe(to)
    expect(read(file).split(from), `"${from}" in ${file}`).toHaveLength(2)
  }
})
