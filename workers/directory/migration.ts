import type { RawBuilder } from 'kysely'

export interface Migration {
  /** Consecutive from 1. Never changed once released. */
  readonly number: number
  readonly name: string
  /** Carried out in order, in one transaction. */
  readonly statements: readonly RawBuilder<unknown>[]
}
