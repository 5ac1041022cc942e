/** Makes a text at most so often, and gives the last one meanwhile: who asks in a loop costs nothing. */
export function atMostEvery(ms: number, make: () => Promise<string>): () => Promise<string> {
  let made: Promise<string> | undefined
  let atMs = 0
  return () => {
    const nowMs = performance.now()
    if (made === undefined || nowMs - atMs >= ms) {
      atMs = nowMs
      made = make()
    }
    return made
  }
}
