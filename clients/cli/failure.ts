/** Something the person at the terminal can put right: one sentence that says what is wrong and what to do. */
export class Failure extends Error {
  override readonly name = 'Failure'
}

/** What to print for an error that ended a command, without a stack. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // A socket that tried several addresses fails with one error that holds the others and says nothing itself.
  if (error instanceof AggregateError && error.message === '' && error.errors.length > 0) {
    return sentenceOf(error.errors[0])
  }
  return error.message || error.name
}
