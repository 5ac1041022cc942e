/**
 * Monotonic ms, read once in each turn of the event loop: for what is asked with each packet. It is behind by as much of
 * the turn as has passed, and never goes back.
 *
 * @param now what it reads
 */
export function turnClock(now: () => number = () => performance.now()): () => number {
  let readMs: number | undefined
  const forget = (): void => {
    readMs = undefined
  }
  return () => {
    if (readMs === undefined) {
      readMs = now()
      setImmediate(forget)
    }
    return readMs
  }
}
