import type { Redis } from 'ioredis'
import { OperationalError } from '../../../kit/operational-error.ts'
import { ScriptCall, type Argument } from './call.ts'
import { storeUnavailable } from './client.ts'
import type { Place } from './keys.ts'
import type { Reply, Script } from './script.ts'

/** Entries in one call: others wait about a millisecond behind it. */
const CALL_WEIGHT_MAX = 256

/** Errors that say that nothing was done, and that it can be soon, here or elsewhere. */
const RETRIED = new Set(['MOVED', 'ASK', 'TRYAGAIN', 'CLUSTERDOWN', 'MASTERDOWN', 'LOADING'])

/** One atomic act on the keys of one slot. */
export interface Act extends Place {
  readonly script: Script
  readonly args: readonly Argument[]
  /** How many entries it may be about, for the size of calls. Missing: 1. */
  readonly weight?: number
  /** The epoch it stands on: if the slot's server was reset since that was given out, the answer is null. */
  readonly epoch?: number
  /**
   * Nobody waits for it: it goes along with what goes to its server anyway (riders.ts). One of the same name and slot
   * that still waits is not carried out but has the reply of this one.
   */
  readonly rides?: string
  /** Of one that rides: nobody here will ask for its slot, so that what it goes along with leaves now. */
  readonly isLast?: boolean | undefined
}

/** An act without a reply yet. */
export interface Waiting {
  readonly act: Act
  /** Monotonic ms: until when it may be sent. */
  readonly untilMs: number
  /** Takes the reply, once. */
  readonly answer: (reply: Reply | Error) => void
  isAnswered: boolean
  /** The server that is to be asked for it while its slot moves. */
  ask: string | undefined
}

/** One EVALSHA, and the acts it carries. */
interface Call {
  readonly script: Script
  readonly slot: number
  readonly keys: string[]
  readonly args: Argument[]
  readonly acts: Waiting[]
  weight: number
}

/** The acts as calls, in order: those of one script share them, in a cluster those of one script on one slot. */
function callsOf(acts: readonly Waiting[], isCluster: boolean): Call[] {
  const calls: Call[] = []
  const lastOf = new Map<Script, Call>()
  for (const waiting of acts) {
    const { script, slot, keys, args, weight = 1 } = waiting.act
    const last = lastOf.get(script)
    if (last && last.weight + weight <= CALL_WEIGHT_MAX && (!isCluster || last.slot === slot)) {
      last.keys.push(...keys)
      last.args.push(keys.length, args.length, ...args)
      last.acts.push(waiting)
      last.weight += weight
    } else {
      const call: Call = {
        script,
        slot,
        keys: [...keys],
        args: [keys.length, args.length, ...args],
        acts: [waiting],
        weight,
      }
      lastOf.set(script, call)
      calls.push(call)
    }
  }
  return calls
}

/**
 * Sends acts to one server, all in one write. What may be tried again, here or elsewhere, is left without an answer.
 *
 * @param isAsked the server is the one to which their slot is moving
 * @param released is told of entries that have gone and shared their bytes
 */
export async function sendActs(
  client: Redis,
  acts: readonly Waiting[],
  isCluster: boolean,
  isAsked: boolean,
  released: Released,
): Promise<void> {
  const calls = callsOf(acts, isCluster)
  const unknown = await sendCalls(client, calls, 'evalsha', isAsked, released)
  if (unknown.length > 0) await sendCalls(client, unknown, 'eval', isAsked, released)
}

/**
 * All calls in one write.
 * @returns those that the server does not know the script of; their acts have no reply yet, like redirected ones
 */
async function sendCalls(
  client: Redis,
  calls: readonly Call[],
  by: 'evalsha' | 'eval',
  isAsked: boolean,
  released: Released,
): Promise<Call[]> {
  client.stream.cork()
  const replies = calls.map(({ script, keys, args }) => {
    if (isAsked) client.asking().catch(() => {})
    const call = new ScriptCall(by, script, keys, args)
    void client.sendCommand(call)
    return call.promise as Promise<Reply>
  })
  client.stream.uncork()
  const results = await Promise.allSettled(replies)
  return calls.filter((call, i) => {
    const result = results[i] as PromiseSettledResult<Reply>
    if (result.status === 'fulfilled') succeeded(call, result.value, released)
    else return failed(call, result.reason as Error) === 'NOSCRIPT'
    return false
  })
}

type Released = (packed: Uint8Array) => void

function succeeded(call: Call, reply: Reply, released: Released): void {
  const replies = reply as readonly Reply[]
  const gone = replies[call.acts.length]
  if (gone instanceof Uint8Array) released(gone)
  call.acts.forEach((waiting, i) => {
    const reply = replies[i] as Reply | Error
    waiting.answer(reply instanceof Error ? asBroken(waiting.act, reply) : reply)
  })
}

/** @returns the kind of error: the first word of what Redis says */
function failed(call: Call, error: Error): string {
  const [kind = '', , address] = error.message.split(' ')
  const isFinal = kind !== 'NOSCRIPT' && !RETRIED.has(kind)
  for (const waiting of call.acts) {
    waiting.ask = kind === 'ASK' ? address : undefined
    if (isFinal) waiting.answer(asUnavailable(error))
  }
  return kind
}

/** The code of an act that failed because of what its keys hold: it will fail again. Others of its call have not. */
const MAILBOX_BROKEN = 'mailbox-broken'

export function isBroken(error: Error): boolean {
  return error instanceof OperationalError && error.code === MAILBOX_BROKEN
}

function asBroken({ keys }: Act, cause: Error): OperationalError {
  return new OperationalError(MAILBOX_BROKEN, `Redis holds something else at ${keys[0]}: ${cause.message}`, {
    retryable: false,
    cause,
  })
}

export function asUnavailable(error: unknown): Error {
  return error instanceof Error && 'code' in error && error.code === 'store-unavailable'
    ? error
    : storeUnavailable('refused or did not answer', error)
}
