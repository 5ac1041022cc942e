import { expect, it } from 'vitest'
import { caseWarning } from '../../../../clients/cli/case-warning.ts'

it('warns of users who are there, else of capitals, and not of names of a login service', () => {
  expect(caseWarning('ida', [])).toBeUndefined()
  expect(caseWarning('Ida', [])).toBe('Ids are told apart by case: Ida is not ida.')
  expect(caseWarning('ida', ['Ida'])).toBe('Ids are told apart by case: ida is not Ida, who is a user too.')
  expect(caseWarning('ida', ['IDA', 'Ida'])).toMatch(/ida is not IDA, Ida, who are users too/)
  expect(caseWarning('x=Q=7C1', [])).toBeUndefined()
})
