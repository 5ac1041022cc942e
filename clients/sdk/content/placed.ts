import type { StoredMessage } from '../store/local-store.ts'
import { acted, type NameOf } from './fold.ts'

/** What a device has of a chat, as far as it has to do with a message that comes. */
export interface Near {
  /** The message with that seq. */
  at(seq: number): StoredMessage | undefined
  /** Acts on that seq that came before it did. */
  actsOn(seq: number): readonly StoredMessage[]
}

export interface Placed {
  /** It, as it is to be kept. */
  readonly stored: StoredMessage
  /** Others that it changes. */
  readonly changed: readonly StoredMessage[]
}

/**
 * Folds a message into what the device has. An act changes its message, or is nothing; one whose message is not here
 * waits as it is, for as long as messages are kept. A message takes up the acts that came before it.
 */
export function placed(came: StoredMessage, near: Near, nameOf: NameOf): Placed {
  const { act } = came
  if (!act) {
    let stored = came
    const acts = near.actsOn(came.seq)
    for (const by of acts) stored = acted(stored, by, nameOf) ?? stored
    return { stored, changed: acts.map((by) => settled(by, false)) }
  }
  const message = near.at(act.seq)
  if (!message) return { stored: came, changed: [] }
  const changed = acted(message, came, nameOf)
  return { stored: settled(came, changed !== undefined), changed: changed ? [changed] : [] }
}

/** Whether it waits for the message that it acts on. */
export function isWaitingAct({ act, isSettled }: StoredMessage): boolean {
  return act !== undefined && !isSettled
}

/** Whether the app hears of it: a message, a change of the chat, or an act that changed something. */
export function isToldOf(stored: StoredMessage): boolean {
  return !stored.isHidden && !isWaitingAct(stored)
}

/** Whether it stands among a chat's messages. */
export function isShown({ act, isHidden }: StoredMessage): boolean {
  return act === undefined && !isHidden
}

/** The act is done: what it said stands in its message, or nowhere. */
function settled(by: StoredMessage, hasChanged: boolean): StoredMessage {
  const act = by.act?.kind === 'edit' ? { kind: by.act.kind, seq: by.act.seq, text: '' } : by.act
  return { ...by, ...(act && { act }), isSettled: true, ...(!hasChanged && { isHidden: true }) }
}
