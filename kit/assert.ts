/** A fact that only a bug can break did not hold. The process logs it and ends; its supervisor starts it again. */
export class AssertionFailure extends Error {
  override readonly name = 'AssertionFailure'
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailure(message)
}
