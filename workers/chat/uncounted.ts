import type { Head } from './state.ts'

/** How many changes and quiet messages stand up to a seq: exactly, or too many if that is before all that are remembered. */
export function uncountedUpTo({ uncounted, changes }: Head, seq: number): number {
  return uncounted - changes.filter((change) => change > seq).length
}
