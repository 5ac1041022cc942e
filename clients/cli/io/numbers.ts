import { Failure } from '../failure.ts'

/** @throws Failure if the text is no whole number */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Failure(`"${text}" is not a whole number.`)
  return Number(text)
}
