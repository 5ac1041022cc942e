import { appendFileSync } from 'node:fs'
import { cpus } from 'node:os'

export interface Output {
  readonly json?: true
  readonly record?: true
}

// Seen from dist/bench, where this runs.
const RESULTS = new URL('../../bench/results.jsonl', import.meta.url)

/** One line of JSON, or one figure per line for people. Recorded only when asked for. */
export function printResult(scenario: string, figures: object, output: Output): void {
  const result = { scenario, ...figures }
  if (output.json) console.log(JSON.stringify(result))
  else printFigures(result, '')
  if (!output.record) return
  const machine = `${cpus()[0]?.model ?? 'unknown'} x${cpus().length}`
  const line = { ...result, recorded_at: new Date().toISOString(), node: process.version, machine }
  appendFileSync(RESULTS, `${JSON.stringify(line)}\n`)
}

function printFigures(figures: object, indent: string): void {
  for (const [name, value] of Object.entries(figures)) {
    if (typeof value === 'object' && value !== null) {
      console.log(`${indent}${name}`)
      printFigures(value as object, `${indent}  `)
    } else console.log(`${indent}${name.padEnd(24 - indent.length)} ${String(value)}`)
  }
}
