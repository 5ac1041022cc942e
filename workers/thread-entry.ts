import type { WorkerOptions } from 'node:worker_threads'

/**
 * The file that a thread starts with, which is a `.js` beside compiled code and a `.ts` beside source that tsx or
 * vitest runs.
 *
 * @param compiled address of the compiled file
 * @param self `import.meta.url` of the module that asks
 */
export function threadEntry(compiled: URL, self: string): { url: URL; options: WorkerOptions } {
  if (!self.endsWith('.ts')) return { url: compiled, options: {} }
  return { url: new URL(compiled.href.replace(/\.js$/, '.ts')), options: { execArgv: ['--import', 'tsx'] } }
}
