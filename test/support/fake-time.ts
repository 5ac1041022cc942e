import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missing } from './services.ts'
import type { TestContext } from 'vitest'

/** Where Debian's package `faketime` puts its library. */
const LIBRARY = readdirSync('/usr/lib', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `/usr/lib/${name}/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path))

/**
 * The time of a process under test, which the test sets while it runs.
 *
 * @param what 'clock': somebody sets the wall clock. 'all': time passes, for timers too
 */
export class FakeTime {
  /** The process's environment. */
  readonly env: Readonly<Record<string, string>>
  readonly #file = join(mkdtempSync(join(tmpdir(), 'restante-time-')), 'offset')

  constructor(what: 'clock' | 'all') {
    this.set(0)
    this.env =
      LIBRARY === undefined
        ? {}
        : {
            LD_PRELOAD: LIBRARY,
            FAKETIME_TIMESTAMP_FILE: this.#file,
            FAKETIME_NO_CACHE: '1',
            DONT_FAKE_MONOTONIC: what === 'clock' ? '1' : '0',
          }
  }

  /** Skips the test, loudly, if the library is missing. */
  needed(context: TestContext): void {
    if (LIBRARY === undefined) missing(context, "Debian's faketime is not installed")
  }

  /** So many seconds ahead of the right time. */
  set(aheadS: number): void {
    writeFileSync(this.#file, `${aheadS < 0 ? '' : '+'}${aheadS}`)
  }
}
