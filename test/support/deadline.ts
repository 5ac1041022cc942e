/** Waiting without sleeping: for a promise with a deadline, or for a condition that is looked at again and again. */

/** Deadlines are meant for a machine at rest. A machine with other things to do is given so many times as long. */
const PATIENCE = 4

class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed'
}

/** Thrown by a look: what is waited for can't come any more. */
export class Hopeless extends Error {
  override readonly name = 'Hopeless'
}

/** @param what names what was waited for, in the error. */
export async function within<Value>(
  promise: Promise<Value>,
  deadlineMs: number,
  what: () => string,
): Promise<Value> {
  const msMax = deadlineMs * PATIENCE
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlinePassed(`${what()} (${msMax} ms)`)), msMax)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Looks every `everyMs` until `look` gives something other than undefined or false; its last error is the cause. */
export async function until<Value>(
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  deadlineMs: number,
  what: string | (() => string),
  everyMs = 10,
): Promise<Value> {
  const msMax = deadlineMs * PATIENCE
  const end = Date.now() + msMax
  let cause: unknown
  for (;;) {
    try {
      const value = await look()
      if (value !== undefined && value !== false) return value
    } catch (error) {
      if (error instanceof Hopeless) throw error
      cause = error
    }
    if (Date.now() > end)
      throw new DeadlinePassed(`${typeof what === 'string' ? what : what()} (${msMax} ms)`, { cause })
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
