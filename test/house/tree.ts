import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository as house tests see it: every file of ours, no output, no dependency. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const NOT_OURS = new Set(['node_modules', 'dist', '.git', 'coverage', 'restante-data'])

/** @returns paths relative to the root, with "/", sorted. */
export function filesOf(folder: string, isWanted: (path: string) => boolean = () => true): string[] {
  return walk(join(ROOT, folder))
    .map((path) => relative(ROOT, path).split(sep).join('/'))
    .filter(isWanted)
    .toSorted()
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : [path]
  })
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

export const isTypeScript = (path: string): boolean => path.endsWith('.ts') && !path.startsWith('proto/gen/')
export const isTest = (path: string): boolean => path.endsWith('.test.ts')

/** Titles of tests, as they stand in the sources: the first argument of test, it and describe, also of each. */
export function titlesOf(path: string): string[] {
  const call =
    /\b(?:test|it|describe)(?:\.[a-zA-Z]+(?:\((?:[^()]|\([^()]*\))*\))?)*\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g
  return [...read(path).matchAll(call)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

/** Rows of all tables of a Markdown text: cells, trimmed. Header and rule lines are left out. */
export function tableRows(markdown: string): string[][] {
  const lines = markdown.split('\n')
  return lines.flatMap((line, i) => {
    if (!line.startsWith('|') || /^\|[\s:|-]+\|$/.test(line)) return []
    if (/^\|[\s:|-]+\|$/.test(lines[i + 1] ?? '')) return []
    return [
      line
        .slice(1, line.lastIndexOf('|'))
        .split(' | ')
        .map((cell) => cell.trim()),
    ]
  })
}
