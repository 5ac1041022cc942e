import type { Random } from '../support/random.ts'
import type { Observation, Plan } from './observation.ts'

/** A running product of any shape: one process, or many brokers and workers on their stores. */
export interface Topology {
  readonly name: string
  /** Where devices connect, over TCP and over WebSocket; several if there are several brokers. */
  readonly endpoints: readonly Endpoint[]
  token(user: string): Promise<string>
  /** By name. Each does its harm and resolves when the product is whole again. */
  readonly faults: Readonly<Record<string, (random: Random, plan: Plan, log: Observation[]) => Promise<void>>>
  /** What its processes have logged. */
  output(): string
  stop(): Promise<void>
}

interface Endpoint {
  readonly port: number
  readonly httpPort: number
}
