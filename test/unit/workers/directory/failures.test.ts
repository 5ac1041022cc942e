import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../../workers/directory/failures.ts'

const failure = (code?: string) =>
  failureOf(Object.assign(new Error('x'), code === undefined ? {} : { code }))

describe('a directory that fails', () => {
  it.each(['57P01', '53300', '08006', '58030', '25006', 'EPIPE', 'ECONNREFUSED', undefined])(
    'with %s is away: it comes back by itself',
    (code) => expect(failure(code)).toBe('away'),
  )

  it.each(['28P01', '28000', '3D000', '42501', '42P01', '42703', 'XX000'])(
    'with %s is away until an operator has seen to it: nothing that was to be copied is given up',
    (code) => expect(failure(code)).toBe('away'),
  )

  it.each(['21000', '22021', '23505', '54000'])('with %s has refused what it was given', (code) =>
    expect(failure(code)).toBe('refused'),
  )

  it.each(['40001', '40P01', '55P03'])('with %s is asked again at once', (code) =>
    expect(failure(code)).toBe('conflict'),
  )
})
