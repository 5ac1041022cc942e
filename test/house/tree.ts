import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const NOT_OURS = new Set(['node_modules', 'dist', '.git', 'coverage', 'restante-data'])

/**
 * What git was told of, committed or not: a file that somebody just has lying here, a trial or notes, is nobody's
 * business. Where there is no git, in an unpacked archive, everything.
 */
const OURS = existsSync(join(ROOT, '.git')) ? toldOf() : lyingHere()

function toldOf(): string[] {
  const args = ['-c', 'safe.directory=*', 'ls-files', '-z']
  const paths = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0')
  return paths.filter((path) => path !== '' && existsSync(join(ROOT, path)))
}

function lyingHere(): string[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter(({ name }) => !NOT_OURS.has(name))
    .flatMap((entry) => {
      if (!entry.isDirectory()) return [entry.name]
      const within = readdirSync(join(ROOT, entry.name), { recursive: true, withFileTypes: true })
      return within
        .filter((file) => file.isFile())
        .map((file) => relative(ROOT, join(file.parentPath, file.name)).split(sep).join('/'))
    })
}

/** The repository as house tests see it. @returns paths relative to the root, with "/", sorted. */
export function filesOf(folder: string, isWanted: (path: string) => boolean = () => true): string[] {
  const within = folder === '.' ? '' : `${folder}/`
  return OURS.filter((path) => path.startsWith(within) && isWanted(path)).toSorted()
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
