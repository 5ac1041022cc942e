import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Hopeless, until } from '../support/deadline.ts'
import { spawnRestante } from '../support/server.ts'

const START_MS_MAX = 30_000

/** One `restante broker` or `restante worker` in a process of its own; it comes back on the ports it had. */
export class RoleProcess {
  readonly role: 'broker' | 'worker'
  readonly #env: Readonly<Record<string, string>>
  #child: ChildProcess | undefined
  /** Of a broker. */
  port = 0
  httpPort = 0
  /** Where its metrics are. */
  metricsUrl = ''
  /** Stopped by a signal, and not asked for anything. */
  isFrozen = false
  /** Everything the process printed, over all its lives. */
  output = ''

  constructor(role: 'broker' | 'worker', env: Readonly<Record<string, string>>) {
    this.role = role
    this.#env = env
  }

  get pid(): number {
    return this.#child?.pid as number
  }
  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Starts the process (again); resolves when it answers /readyz. */
  async start(): Promise<void> {
    const before = this.output.length
    const portName = this.role === 'broker' ? 'RESTANTE_HTTP_PORT' : 'RESTANTE_WORKER_HTTP_PORT'
    const child = spawnRestante([this.role], {
      ...this.#env,
      ...(this.role === 'broker' && { RESTANTE_MQTT_PORT: String(this.port) }),
      [portName]: String(this.httpPort),
    })
    this.#child = child
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text))
    await until(
      () => {
        if (!this.isRunning) throw new Hopeless(`the ${this.role} ended: ${this.output.slice(before)}`)
        const lines = this.output.slice(before)
        const http = /(?:ws|http):\/\/[^:\s]+:(\d+)/.exec(lines)?.[1]
        const mqtt = /broker: mqtt:\/\/[^:\s]+:(\d+)/.exec(lines)?.[1]
        const metrics = /http:\/\/\S+\/metrics(?=\s)/.exec(lines)?.[0]
        if (http === undefined) return false
        // Lines come one by one. A broker has its metrics at a port of their own.
        if (this.role === 'broker' && (mqtt === undefined || metrics === undefined)) return false
        this.httpPort = Number(http)
        this.metricsUrl = metrics ?? `http://127.0.0.1:${http}/metrics`
        this.port = Number(mqtt ?? 0)
        return true
      },
      START_MS_MAX,
      () => `the ${this.role}'s address; it printed: ${this.output.slice(before)}`,
    )
    await until(
      () => this.isReady(),
      START_MS_MAX,
      () => `/readyz of a ${this.role}; it printed: ${this.output.slice(before)}`,
    )
  }

  async isReady(): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${this.httpPort}/readyz`).catch(() => undefined)
    await answer?.body?.cancel()
    return answer?.status === 200
  }

  async metricsText(): Promise<string> {
    return (await fetch(this.metricsUrl)).text()
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  /** @returns its exit code; null if the signal ended it */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child
    if (!child || !this.isRunning) return child?.exitCode ?? null
    const exit = once(child, 'exit')
    child.kill(signal)
    child.kill('SIGCONT')
    const [code] = (await exit) as [number | null]
    return code
  }
}
