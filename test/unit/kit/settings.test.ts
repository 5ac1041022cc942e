import { expect, test } from 'vitest'
import { Secret, Settings } from '../../../kit/settings.ts'

test('all problems are listed at once, unknown names included', () => {
  const settings = new Settings({
    RESTANTE_PORT: '99999',
    RESTANTE_LEVEL: 'loud',
    RESTANTE_TYPO: '1',
    REDIS_URL: 'http://x',
    HOME: '/',
  })
  expect(settings.whole('RESTANTE_PORT', 1883, 0, 65_535)).toBe(1883)
  expect(settings.oneOf('RESTANTE_LEVEL', 'info', ['info', 'warn'])).toBe('info')
  expect(settings.url('REDIS_URL', ['redis:', 'rediss:'])).toBeUndefined()
  expect(() => settings.finish()).toThrow(
    /RESTANTE_PORT must be a whole number from 0 to 65535[^]*RESTANTE_LEVEL must be one of info, warn[^]*REDIS_URL[^]*RESTANTE_TYPO is not a setting/,
  )
})

test('a whole number is taken at its limits, and refused one past them', () => {
  const read = (text: string) => {
    const settings = new Settings({ RESTANTE_X: text })
    const value = settings.whole('RESTANTE_X', 7, 2, 9)
    settings.finish()
    return value
  }
  expect(read('2')).toBe(2)
  expect(read('9')).toBe(9)
  expect(read('')).toBe(7)
  for (const bad of ['1', '10', '-3', '2.5', '0x3', ' 4', 'NaN'])
    expect(() => read(bad)).toThrow(/RESTANTE_X/)
})

test('a secret prints stars', () => {
  const secret = new Secret('redis://:hunter2@host')
  expect([String(secret), JSON.stringify({ secret })]).toEqual(['***', '{"secret":"***"}'])
  expect(secret.reveal()).toContain('hunter2')
})

test('several addresses stand with commas between them', () => {
  const read = (text: string) => new Settings({ X: text }).urls('X', ['redis:'])?.map((url) => url.reveal())
  expect(read('redis://a:1, redis://b:2')).toEqual(['redis://a:1', 'redis://b:2'])
  expect(read('redis://a:1,http://b')).toBeUndefined()
})
