/** The promise, or the rejection with `late()` when the time is up first. */
export async function inTime<Value>(
  promise: Promise<Value>,
  msMax: number,
  late: () => Error,
): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late()), msMax)
  })
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer))
}
