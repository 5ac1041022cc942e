/** Between two beats, and two looks at them. */
const BEAT_MS = 250

/**
 * In a thread: counts the shared Int32 up, at once and for as long as the thread gets its turn. At once, or nobody would
 * watch a thread that gets no turn after it.
 *
 * @returns how to end it
 */
export function beat(beats: SharedArrayBuffer): () => void {
  const counter = new Int32Array(beats)
  Atomics.add(counter, 0, 1)
  const timer = setInterval(() => Atomics.add(counter, 0, 1), BEAT_MS)
  return () => clearInterval(timer)
}

/**
 * Outside the thread: calls back when no beat has come for `hangMsMax`, once. Looks are counted, not milliseconds: when
 * the whole process was frozen, or the machine slept, nobody hung. A thread that has not begun to beat is still loading.
 *
 * @returns how to end it
 */
export function watch(beats: SharedArrayBuffer, hangMsMax: number, hangs: () => void): () => void {
  const counter = new Int32Array(beats)
  const missesMax = Math.ceil(hangMsMax / BEAT_MS)
  let last = 0
  let misses = 0
  const timer = setInterval(() => {
    const count = Atomics.load(counter, 0)
    misses = count === last ? misses + 1 : 0
    last = count
    if (count === 0 || misses < missesMax) return
    clearInterval(timer)
    hangs()
  }, BEAT_MS)
  return () => clearInterval(timer)
}

export function newBeats(): SharedArrayBuffer {
  return new SharedArrayBuffer(4)
}
