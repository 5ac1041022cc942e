/** Something outside the program went wrong: it is expected, has a code, and says whether trying again can help. */
export class OperationalError extends Error {
  override readonly name: string = 'OperationalError'
  readonly code: string
  readonly retryable: boolean

  constructor(code: string, message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable
  }
}
