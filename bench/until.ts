const POLL_MS = 10

/** Polls until the condition holds. @returns whether it did within `msMax` */
export async function until(condition: () => boolean, msMax: number): Promise<boolean> {
  const deadline = performance.now() + msMax
  while (!condition()) {
    if (performance.now() > deadline) return false
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  return true
}
