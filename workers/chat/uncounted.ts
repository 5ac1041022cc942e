/** Of a chat's entries, those that are unread to nobody: how many, and the newest. */
interface Uncounted {
  readonly uncounted: number
  readonly changes: readonly number[]
}

/** How many of them stand up to a seq: exactly, or too many if that is before all that are remembered. */
export function uncountedUpTo({ uncounted, changes }: Uncounted, seq: number): number {
  return uncounted - changes.filter((change) => change > seq).length
}
