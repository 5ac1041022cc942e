import { expect, test } from 'vitest'
import { assert, AssertionFailure } from '../../../kit/assert.ts'
import { OperationalError } from '../../../kit/operational-error.ts'

test('an assertion passes what is true and names what is not', () => {
  assert(true, 'never')
  expect(() => assert(false, 'cursor ran backward')).toThrow(AssertionFailure)
  expect(() => assert(0, 'cursor ran backward')).toThrow('cursor ran backward')
})

test('an operational error carries its code, whether to retry, and its cause', () => {
  const cause = new Error('ECONNREFUSED')
  const error = new OperationalError('store-unavailable', 'no answer', { retryable: true, cause })
  expect(error).toMatchObject({ code: 'store-unavailable', retryable: true, cause, message: 'no answer' })
  expect('cause' in new OperationalError('x', 'y', { retryable: false })).toBe(false)
})
