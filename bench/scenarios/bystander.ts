import { encodeRequest } from '../../proto/codec.ts'
import type { DeviceId, UserId } from '../../proto/ids.ts'
import { clientId, REQUEST_TOPIC } from '../../proto/topics.ts'
import { CROWD } from '../attacks/attacks.ts'
import { startAttack } from '../attacks/running.ts'
import { percentiles, round } from '../figures.ts'
import { GrowthWatch, type Growth } from '../growth.ts'
import { MqttSocket } from '../mqtt-socket.ts'
import { Pair } from '../pair.ts'
import { withServer, type Server, type ServerOptions } from '../server.ts'
import { until } from '../until.ts'

export interface BystanderResult {
  readonly attack: string
  readonly p99_rest_ms: number
  readonly p99_ms: number
  readonly ratio: number
  /** Connections of bystanders that were ended, and newcomers that were not let in. */
  readonly closed: number
  /** Growth at most. */
  readonly disk_mb: number
  readonly rss_mb: number
}

const SEND_MS = 50
const REST_S = 5
const BYTES = 100
/** What was sent during the attack may take so long: what has not arrived then counts as being so late. */
const ARRIVE_MS_MAX = 30_000
const RETURN_MS_MAX = 60_000
const MALLORY = 'mallory'

/** The target: at most the higher of both, and growth at most, half of which may be left after a minute. */
const P99_MS_MAX = 100
const RATIO_MAX = 10
const DISK_MB_MAX = 100
const RSS_MB_MAX = 150

/**
 * A pair of bystanders sends all the time while one account, or a stranger, attacks with everything that the default
 * limits allow it. What it lacks of the target stands on stderr.
 */
export async function bystander(
  { store, cpuProf }: Pick<ServerOptions, 'store' | 'cpuProf'>,
  attack: string,
  seconds: number,
): Promise<BystanderResult> {
  const settings = {
    RESTANTE_LOG_LEVEL: 'info',
    // The limit that a small machine would set: the attack opens as many.
    ...(attack === 'clean-sessions' && { RESTANTE_CONNECTIONS_MAX: '1000' }),
  }
  return withServer({ store, settings, logsToFile: true, ...(cpuProf && { cpuProf }) }, async (server) => {
    await addUsers(server, CROWD)
    const pair = new Pair(server, 'bystander', BYTES)
    const running = await startAttack(attack, {
      port: server.port,
      httpPort: server.httpPort,
      user: MALLORY,
      token: await server.token(MALLORY),
    })
    const growth = new GrowthWatch(server)
    try {
      await pair.connectReceiver()
      await pair.connectSender()
      const sending = setInterval(() => pair.send(), SEND_MS)
      progress(attack, 'at rest')
      // The first messages make the chat.
      await pause(1_000)
      const restFrom = pair.sent + 1
      await pause(REST_S * 1_000)
      const attackedFrom = pair.sent + 1
      const rest = percentiles(pair.deliveriesFrom(restFrom)).p99
      progress(attack, 'under attack')
      const health = new HealthWatch(server)
      running.begin()
      await pause(seconds * 1_000)
      clearInterval(sending)
      await until(() => pair.arrived === pair.sent, ARRIVE_MS_MAX)
      await health.stop()
      const under = percentiles(pair.deliveriesFrom(attackedFrom)).p99
      await running.stop()
      const left = await leftBehind(growth)
      const { diskMb, rssMb } = growth.most
      const result = {
        attack,
        p99_rest_ms: rest,
        p99_ms: under,
        ratio: round(under / rest),
        closed: pair.closed + health.turnedAway,
        disk_mb: diskMb,
        rss_mb: rssMb,
      }
      const lacks = lacksOf(result, health.unready, left)
      progress(attack, lacks.length === 0 ? 'within the target' : `beyond the target: ${lacks.join(', ')}`)
      return result
    } finally {
      growth.stop()
      await running.stop()
      await pair.close()
    }
  })
}

function lacksOf(result: BystanderResult, unready: number, left: Growth): string[] {
  return [
    result.p99_ms > Math.max(P99_MS_MAX, RATIO_MAX * result.p99_rest_ms) && `p99 ${result.p99_ms} ms`,
    result.closed > 0 && `${result.closed} closed`,
    unready > 0 && `/readyz not 200 ${unready} times`,
    result.disk_mb > DISK_MB_MAX && `disk +${result.disk_mb} MB`,
    result.rss_mb > RSS_MB_MAX && `memory +${result.rss_mb} MB`,
    left.diskMb > DISK_MB_MAX / 2 && `disk +${left.diskMb} MB after a minute`,
    left.rssMb > RSS_MB_MAX / 2 && `memory +${left.rssMb} MB after a minute`,
  ].filter((lack) => lack !== false)
}

/** @returns the growth that has not gone within a minute */
async function leftBehind(growth: GrowthWatch): Promise<Growth> {
  const isBack = ({ diskMb, rssMb }: Growth): boolean => diskMb <= DISK_MB_MAX / 2 && rssMb <= RSS_MB_MAX / 2
  const endsAt = performance.now() + RETURN_MS_MAX
  for (;;) {
    const left = growth.look()
    if (isBack(left) || performance.now() > endsAt) return left
    await pause(1_000)
  }
}

/** Asks once a second whether the server is ready, and comes as somebody who was not there yet. */
class HealthWatch {
  unready = 0
  turnedAway = 0
  readonly #server: Server
  readonly #timer: NodeJS.Timeout
  #asked: Promise<unknown>[] = []

  constructor(server: Server) {
    this.#server = server
    this.#timer = setInterval(() => this.#asked.push(this.#ready(), this.#come()), 1_000)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await Promise.all(this.#asked)
  }

  async #ready(): Promise<void> {
    try {
      const url = `http://127.0.0.1:${this.#server.httpPort}/readyz`
      const answer = await fetch(url, { signal: AbortSignal.timeout(ARRIVE_MS_MAX) })
      if (answer.status !== 200) this.unready++
    } catch {
      this.unready++
    }
  }

  async #come(): Promise<void> {
    try {
      const user = `newcomer${this.#asked.length}`
      const token = await this.#server.token(user)
      const id = clientId(user as UserId, 'bench' as DeviceId)
      const login = { clientId: id, user, token }
      const socket = await MqttSocket.open(this.#server.port, login, {
        publish() {},
        puback() {},
        closed() {},
      })
      await socket.close()
    } catch (error) {
      this.turnedAway++
      console.error(error instanceof Error ? error.message : error)
    }
  }
}

/** Users who exist, and have never been there. */
async function addUsers(server: Server, users: readonly string[]): Promise<void> {
  const token = await server.token('operator', 'admin')
  const login = { clientId: 'operator/bench', user: 'operator', token }
  let acknowledged = 0
  const socket = await MqttSocket.open(server.port, login, {
    publish() {},
    puback: () => void acknowledged++,
    closed: (reason) => console.error(reason),
  })
  for (const [i, user] of users.entries()) {
    while (i - acknowledged >= 50) await pause(1)
    socket.publish(Buffer.from(REQUEST_TOPIC), encodeRequest({ request: i + 1, addUser: { user } }))
  }
  await until(() => acknowledged === users.length, ARRIVE_MS_MAX)
  await socket.close()
}

function progress(attack: string, step: string): void {
  console.error(`${attack}: ${step}`)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
