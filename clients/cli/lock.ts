import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.ts'

/**
 * Keeps other processes out of a directory until this one ends. What a killed process left is taken over.
 *
 * @throws Failure with that sentence if a living process has it
 */
export function lockDirectory(directory: string, sentence: string): void {
  const path = join(directory, 'lock')
  const take = (): void => writeFileSync(path, String(process.pid), { flag: 'wx' })
  try {
    take()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (isAlive(Number(readFileSync(path, 'utf8')))) throw new Failure(sentence)
    rmSync(path, { force: true })
    take()
  }
  process.once('exit', () => rmSync(path, { force: true }))
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
