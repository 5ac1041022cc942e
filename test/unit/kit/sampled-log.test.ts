import { expect, test, vi } from 'vitest'
import type { Log } from '../../../kit/log.ts'
import { LINES_PER_S_MAX, SampledLog } from '../../../kit/sampled-log.ts'

test('G8 of one mistake so many lines are written in a second, and then how many more there were', () => {
  vi.useFakeTimers()
  const lines: [object, string][] = []
  const write = (fields: object, event: string): void => void lines.push([fields, event])
  const log = {
    isLevelEnabled: (level: string) => level !== 'debug',
    info: write,
    warn: write,
  } as unknown as Log
  const mistakes = new SampledLog(log)
  for (let i = 0; i < 1_000; i++) mistakes.write(log, 'info', { i }, 'subscribe.refused')
  mistakes.write(log, 'info', {}, 'another')
  mistakes.write(log, 'debug', {}, 'quiet')
  expect(lines).toHaveLength(LINES_PER_S_MAX + 1)
  vi.advanceTimersByTime(1_000)
  expect(lines.at(-1)).toEqual([
    { event: 'subscribe.refused', lines: 1_000 - LINES_PER_S_MAX },
    'log.left-out',
  ])
  mistakes.write(log, 'info', {}, 'subscribe.refused')
  expect(lines).toHaveLength(LINES_PER_S_MAX + 3)
  vi.useRealTimers()
})
