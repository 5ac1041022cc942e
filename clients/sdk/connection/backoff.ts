/** Milliseconds to wait before the next attempt; `attempt` counts the failures since the last success, from 0. */
export type Backoff = (attempt: number) => number

/**
 * Doubles from `msMin` to `msMax`, each time between half and all of it: so that the phones that one broken server
 * sent away do not come back in the same second.
 */
export function jitteredBackoff(msMin = 500, msMax = 60_000, random: () => number = Math.random): Backoff {
  return (attempt) => Math.min(msMax, msMin * 2 ** Math.min(attempt, 30)) * (0.5 + random() / 2)
}
