/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      process.once(signal, () => process.exit(1))
      resolve()
    }
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  })
}

/**
 * The end of a process that was stopped: what it left behind may still hold it.
 * @param isDone whether it left nothing behind; its exit code says so
 */
export function endWith(isDone: boolean): never {
  process.exit(isDone ? 0 : 1)
}
