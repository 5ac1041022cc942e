/**
 * Makes something at most so often: whoever asks sooner waits, together with all others who do, and gets what is made
 * then. So who asks in a loop costs nothing, and nobody gets what is old.
 */
export function atMostEvery<Made>(ms: number, make: () => Promise<Made>): () => Promise<Made> {
  let next: Promise<Made> | undefined
  let lastMs = Number.NEGATIVE_INFINITY
  return () => {
    next ??= new Promise((resolve) => setTimeout(resolve, Math.max(0, lastMs + ms - performance.now()))).then(
      () => {
        next = undefined
        lastMs = performance.now()
        return make()
      },
    )
    return next
  }
}
