import { readFileSync } from 'node:fs'

/** The vectors of conformance/, made by another implementation. @param name without ".json" */
export function vectors<Shape>(name: string): Shape {
  const path = new URL(`../../conformance/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8')) as Shape
}
