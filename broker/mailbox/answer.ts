import { OperationalError } from '../../kit/operational-error.ts'

/** Above the deadlines that stores keep themselves. */
export const STORE_ANSWER_MS = 8_000

/**
 * The store's answer, waited for so long at most. Stores keep deadlines of their own; this one is for the state that
 * waits: it must end whatever the store does.
 *
 * @param late gets an answer that comes afterwards: what it says has happened all the same
 * @throws StoreUnavailable
 */
export function answerBy<Answer>(
  ask: () => Promise<Answer>,
  ms: number = STORE_ANSWER_MS,
  late: (answer: Answer) => void = () => undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      reject(noAnswer(ms))
    }, ms)
    const settled = (act: () => void): void => {
      clearTimeout(timer)
      act()
    }
    try {
      ask().then(
        (answer) => settled(() => (isLate ? late(answer) : resolve(answer))),
        (error: unknown) => settled(() => reject(error as Error)),
      )
    } catch (error) {
      settled(() => reject(error as Error))
    }
  })
}

export function noAnswer(ms: number): OperationalError {
  return new OperationalError('store-unavailable', `the store gave no answer within ${ms} ms`, {
    retryable: true,
  })
}
