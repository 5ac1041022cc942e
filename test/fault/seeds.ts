import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    readonly faultSeeds?: number[]
  }
}

/** The project's, or by the environment any others. */
export const SEEDS = process.env['FAULT_SEEDS']?.split(',').map(Number) ?? inject('faultSeeds') ?? []
