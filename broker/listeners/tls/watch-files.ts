import { watch, type FSWatcher } from 'node:fs'
import { dirname } from 'node:path'

/** A renewal changes several files, one after the other. */
const SETTLE_MS = 500
/** What the watch misses: another file behind a link, a network's file system, no watches left. */
const POLL_MS = 30_000

/**
 * Calls back soon after something in the directories of these files has changed, and now and then without: whoever is
 * called looks whether anything is new. Directories are watched, not files, for files are replaced: renamed over, or by
 * a link that points elsewhere from then on, of a directory even, as Kubernetes does it.
 *
 * @returns how to end it
 */
export function watchFiles(paths: readonly string[], look: () => void, pollMs = POLL_MS): () => void {
  const watchers = new Map<string, FSWatcher>()
  let settling: NodeJS.Timeout | undefined
  const changed = (): void => {
    settling ??= setTimeout(() => {
      settling = undefined
      look()
    }, SETTLE_MS).unref()
  }
  const watchAll = (): void => {
    for (const directory of new Set(paths.map((path) => dirname(path)))) {
      if (watchers.has(directory)) continue
      try {
        const watcher = watch(directory, { persistent: false }, changed)
        watchers.set(directory, watcher)
        watcher.on('error', () => {
          watcher.close()
          watchers.delete(directory)
        })
      } catch {
        // Not there now, or no more watches: the poll looks, and tries again.
      }
    }
  }
  watchAll()
  const poll = setInterval(() => {
    watchAll()
    look()
  }, pollMs).unref()
  return () => {
    clearInterval(poll)
    clearTimeout(settling)
    for (const watcher of watchers.values()) watcher.close()
  }
}
