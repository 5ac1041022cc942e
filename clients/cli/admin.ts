import { randomBytes, randomInt } from 'node:crypto'
import type { IClientOptions, MqttClient } from 'mqtt'
import { decodeDown, encodeRequest, type Request, type Response } from '../../proto/codec.ts'
import { errorOf } from '../../proto/errors.ts'
import type { DeviceId, UserId } from '../../proto/ids.ts'
import { clientId, REQUEST_TOPIC, userTopic } from '../../proto/topics.ts'
import { Failure } from './failure.ts'
import { nodePlatform } from '../sdk/connection/platform-node.ts'
import { claimsOf } from '../sdk/connection/token.ts'
import { Witness } from '../sdk/connection/witness.ts'
import { connectFailure, tokenFor, type TargetOptions } from './target.ts'

/** Who the command line is to the server. */
const ADMIN = 'restante-admin' as UserId
const ANSWER_MS_MAX = 10_000

/** A running server as its operator sees it: nobody's device, under a name that no other process has. */
export class Admin {
  readonly #client: MqttClient

  private constructor(client: MqttClient) {
    this.#client = client
  }

  /** @throws Failure if no server answers there, or it does not let us in */
  static async connect(target: TargetOptions): Promise<Admin> {
    const token = target.token ?? (await tokenFor(target, { user: ADMIN, role: 'admin' }))
    const { user } = claimsOf(token)
    const device = `cli-${randomBytes(8).toString('hex')}` as DeviceId
    const options = {
      clientId: clientId(user, device),
      username: user,
      password: token,
      clean: true,
      connectTimeout: ANSWER_MS_MAX,
      reconnectPeriod: 0,
    } as const
    try {
      return new Admin(await connected(target.url, options, userTopic(user)))
    } catch (error) {
      throw connectFailure(target.url, error)
    }
  }

  /** @throws Failure if the server refuses, or does not answer in time */
  async ask(what: Omit<Request, 'request'>): Promise<Response> {
    const request = randomInt(1, 2 ** 31)
    const answer = this.#answerTo(request)
    // The answer says more than the PUBACK: a publish that fails ends in its deadline, or in a closed connection.
    this.#client.publish(REQUEST_TOPIC, Buffer.from(encodeRequest({ ...what, request })), { qos: 1 })
    return answer
  }

  async close(): Promise<void> {
    await this.#client.endAsync()
  }

  /** Answers to earlier questions, whose asker did not wait for them, may come first. */
  #answerTo(request: number): Promise<Response> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(deadline)
        this.#client.off('message', look)
        this.#client.off('close', closed)
        act()
      }
      const look = (_topic: string, payload: Buffer): void => {
        const down = decodeDown(payload)
        const response = down.responses.find((candidate) => candidate.request === request)
        if (response) return settle(() => resolve(response))
        const rejected = down.rejected.find((candidate) => candidate.request === request)
        if (rejected) settle(() => reject(refusal(rejected.code ?? 0)))
      }
      const closed = (): void => settle(() => reject(new Failure('The server closed the connection.')))
      const late = (): void =>
        settle(() =>
          reject(
            new Failure(`The server gave no answer within ${ANSWER_MS_MAX / 1000} s: is a worker running?`),
          ),
        )
      const deadline = setTimeout(late, ANSWER_MS_MAX)
      this.#client.on('message', look)
      this.#client.on('close', closed)
    })
  }
}

/** Answers come from SUBSCRIBE on. @throws RestanteError that says why there is no connection */
async function connected(url: string, options: IClientOptions, answers: string): Promise<MqttClient> {
  const client = nodePlatform.open(url, options)
  const witness = new Witness(client, url)
  await new Promise<void>((resolve, reject) => {
    client.once('close', () => reject(witness.failure))
    client.once('connect', () => {
      client.subscribe(answers, { qos: 0 }, (error) => (error ? reject(error) : resolve()))
    })
  })
  return client
}

function refusal(code: number): Failure {
  const entry = errorOf(code)
  return new Failure(
    entry ? `The server refused (${entry.name}): ${entry.text}` : `The server refused with code ${code}.`,
  )
}
