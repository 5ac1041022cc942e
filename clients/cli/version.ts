import { createRequire } from 'node:module'

/** Of this package, which may refer to itself by its name from dist/ and from source alike. */
export function version(): string {
  return (createRequire(import.meta.url)('restante/package.json') as { version: string }).version
}
