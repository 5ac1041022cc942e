import { until } from './deadline.ts'

/**
 * The text of a `/metrics`, of now or later. It is made once a second at most, so the first answer may be of before. No
 * two are alike: they hold processor times.
 */
export async function freshMetrics(url: string): Promise<string> {
  const ask = async (): Promise<string> => (await fetch(url)).text()
  const first = await ask()
  let text = first
  await until(async () => (text = await ask()) !== first, 10_000, 'new metrics', 100)
  return text
}
