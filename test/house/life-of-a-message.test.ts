import { expect, test } from 'vitest'
import { filesOf, isTypeScript, read } from './tree.ts'

const page = 'docs/life-of-a-message.md'

/** `path/to/file.ts:name` or `path/to/file.ts:Class.method`, in backquotes. */
const named = [...read(page).matchAll(/`([\w./-]+\.ts):([\w#.]+)`/g)].map(
  ([, file, name]) => [file as string, name as string] as const,
)

test('every step of the life of a message names its file and function', () => {
  const steps = [...read(page).matchAll(/^\| *(\d+) *\|(.*)$/gm)]
  expect(steps.map((step) => Number(step[1]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  for (const [line, number] of steps) expect(line, `step ${number}`).toMatch(/`[\w./-]+\.ts:[\w#.]+`/)
})

test.each(named)('%s has %s', (file, name) => {
  expect(filesOf('.', isTypeScript)).toContain(file)
  const text = read(file)
  for (const part of name.split('.')) {
    const word = part.replace('#', '')
    const declared = new RegExp(
      `(?:function|class|const|interface) ${word}\\b|^\\s+(?:async |static |readonly |override )*#?${word}\\b ?[(=:<]`,
      'm',
    )
    expect(text, `${file} declares ${part}`).toMatch(declared)
  }
})
