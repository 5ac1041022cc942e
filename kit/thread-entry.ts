/**
 * The file that a thread starts with. From source, under tsx or vitest, Node cannot load it by itself: then it is a
 * line of code that makes the thread understand TypeScript first.
 *
 * @param name of the module beside the caller, without its extension
 * @param self the caller's `import.meta.url`
 */
export function threadEntry(name: string, self: string): URL {
  if (!self.endsWith('.ts')) return new URL(`./${name}.js`, self)
  const entry = new URL(`./${name}.ts`, self).href
  const tsx = import.meta.resolve('tsx/esm/api')
  const code = `import { register } from ${JSON.stringify(tsx)}; register(); await import(${JSON.stringify(entry)})`
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`)
}
