import type { Random } from '../support/random.ts'
import type { Actor } from './actor.ts'
import type { Cast } from './cast.ts'
import { check } from './checker.ts'
import type { Verdict } from './observation.ts'

export interface LoadShape {
  /** How long each device waits between two acts, at least and at most. */
  readonly pauseMs: readonly [from: number, to: number]
  readonly readShare: number
  readonly cutShare: number
  readonly restartShare: number
}

/** Lets everybody act until `end` resolves: send mostly, read, lose the line, start the app again. */
export async function runLoad(
  cast: Cast,
  random: Random,
  shape: LoadShape,
  end: Promise<void>,
): Promise<void> {
  let isOver = false
  const over = end.finally(() => (isOver = true))
  const lives = cast.actors.map(async (actor) => {
    const own = random.fork()
    for (let count = 0; !isOver; count++) {
      act(actor, cast, own, shape, count)
      await new Promise((resolve) => setTimeout(resolve, own.between(...shape.pauseMs)))
    }
  })
  const doors = cast.doors.map(async (door) => {
    const own = random.fork()
    while (!isOver) {
      const guest = own.pick(door.guests)
      void door.admin.changeMembers(door.chat, own.chance(0.5) ? 'add' : 'remove', guest)
      await new Promise((resolve) => setTimeout(resolve, own.between(50, 400)))
    }
  })
  await over
  await Promise.all([...lives, ...doors])
}

function act(actor: Actor, cast: Cast, random: Random, shape: LoadShape, count: number): void {
  const chats = cast.chats.get(actor.user) ?? []
  if (chats.length === 0) return
  const chat = random.pick(chats)
  const dice = random.next()
  const { readShare, cutShare, restartShare } = shape
  if (dice < readShare) actor.markRead(chat)
  else if (dice < readShare + cutShare) actor.cut()
  else if (dice < readShare + cutShare + restartShare) void actor.restart()
  else actor.send(chat, `${actor.user}/${actor.device} ${count}`)
}

/**
 * Waits until everybody is connected, has an answer to everything and has everything; then a little longer, for what
 * comes too often. However slow it goes, it is waited for: only `idleMs` in which nobody sees anything end it.
 *
 * @returns the last verdict: its violations are what did not heal
 */
export async function settle(cast: Cast, idleMs: number): Promise<Verdict> {
  const isAnswered = (): boolean => cast.actors.every((actor) => actor.isConnected && actor.waiting === 0)
  if (!(await whileMoving(cast, isAnswered, 50, idleMs))) {
    const away = cast.actors.filter((actor) => !actor.isConnected).map(nameOf)
    const waiting = cast.actors.filter((actor) => actor.waiting > 0)
    const sends = waiting.map((actor) => `${actor.waiting} of ${nameOf(actor)}`)
    throw new Error(
      `not connected: ${away.join(', ') || 'none'}; sends without an answer: ${sends.join(', ')}`,
    )
  }
  await whileMoving(cast, () => check(cast.plan, cast.log).violations.length === 0, 200, idleMs)
  await new Promise((resolve) => setTimeout(resolve, 300))
  return check(cast.plan, cast.log)
}

function nameOf({ user, device }: Actor): string {
  return `${user}/${device}`
}

/** @returns whether it is done; false when nobody has seen anything for `idleMs` */
async function whileMoving(
  { log }: Cast,
  isDone: () => boolean,
  everyMs: number,
  idleMs: number,
): Promise<boolean> {
  let seen = log.length
  let movedAtMs = Date.now()
  while (!isDone()) {
    if (log.length > seen) movedAtMs = Date.now()
    seen = log.length
    if (Date.now() - movedAtMs > idleMs) return false
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  return true
}
