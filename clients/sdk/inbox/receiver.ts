import {
  decodeDown,
  isChatField,
  isCount,
  type Accepted,
  type DecodedDown,
  type Receipt,
  type Rejected,
  type TypingNotice,
} from '../../../proto/codec.ts'
import { chatIdOf, type ChatId, type UserId } from '../../../proto/ids.ts'
import type { Message as WireMessage } from '../../../proto/codec.ts'
import type { Chats } from '../chats/chats.ts'
import type { ClientEvents } from '../client-events.ts'
import { isMessage } from '../command.ts'
import { rejection, RestanteError } from '../errors.ts'
import type { Events } from '../events.ts'
import { isShown, isToldOf } from '../content/placed.ts'
import type { LocalChat } from '../chats/local-chat.ts'
import type { Act } from '../said.ts'
import { readsFor } from './reads.ts'
import { FrameStep } from './frame-step.ts'
import type { Inbox } from './inbox.ts'
import type { StoreChange, StoredMessage } from '../store/local-store.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Receipts } from './receipts.ts'
import type { Requests } from '../requests/requests.ts'
import { foldResponse } from './responses.ts'
import { applyChange, applyOwnChange, directRoster, disappearAfterSAt, userOf } from '../chats/roster.ts'
import { repeatsIn, setbacksIn } from './setbacks.ts'
import { ownMessage, receivedMessage } from './stored-message.ts'

/**
 * Down frames: everything in one is folded into one write; then it is acknowledged; then the app hears of it (G2).
 *
 * Decoding loses the order between kinds of entries within a frame. What has a place in its chat is taken in that order,
 * all of it is noted, and each chat is settled after that.
 */
export class Receiver {
  readonly #parts: ReceiverParts
  /** Frames that are not done with yet, and the end of the last. */
  #underWay = 0
  #last: Promise<void> = Promise.resolve()

  constructor(parts: ReceiverParts) {
    this.#parts = parts
  }

  /**
   * One after the other, in the order they come: the last frame of a connection that broke may still be on its way into
   * the store when the next connection brings it again.
   *
   * @param acknowledge called when the local store has all of it, and of those before
   */
  frame(payload: Uint8Array, acknowledge: () => void): Promise<void> {
    return this.#inTurn(() => this.#take(payload, acknowledge))
  }

  /** Runs it between two frames, as one of them. */
  between(run: () => Promise<void>): Promise<void> {
    return this.#inTurn(run)
  }

  #inTurn(take: () => Promise<void>): Promise<void> {
    // Nothing is waited for unless there is something to wait for.
    const taken = this.#underWay++ === 0 ? take() : this.#last.then(take)
    this.#last = taken.catch(() => undefined).finally(() => this.#underWay--)
    return taken
  }

  async #take(payload: Uint8Array, acknowledge: () => void): Promise<void> {
    const { chats, inbox, outbox, write } = this.#parts
    const step = new FrameStep(this.#parts)
    const down = this.#decoded(step, payload)
    const repeats = repeatsIn(down, this.#parts)
    // Nothing is waited for unless there is a repeat, or what folds into others.
    if (repeats.size > 0) {
      for (const [chat, seq] of await setbacksIn(repeats, this.#parts.stored)) step.setBack(chat, seq - 1)
    }
    await step.readSetBacks()
    for (const read of readsFor(step.folding, down, this.#parts)) await read()
    this.#fold(step, down)
    await step.readSetBacks()
    const stored = inbox.add(step.arrivals)
    for (const chat of step.touched) step.changes.push(...chats.progressOf(chat))
    for (const chat of step.rosters) step.changes.push({ table: 'chats', put: chat.roster })
    if (step.changes.length > 0) await write(step.changes)
    acknowledge()
    stored()
    for (const effect of step.effects) effect()
    inbox.dispatch()
    outbox.pump()
  }

  #decoded(step: FrameStep, payload: Uint8Array): DecodedDown {
    try {
      return decodeDown(payload)
    } catch (cause) {
      // It would come again for ever: acknowledged, and told.
      const error = new RestanteError('malformed-frame', 'a frame of the server is unreadable', { cause })
      step.effects.push(() => this.#parts.events.emit('error', error))
      return decodeDown(new Uint8Array())
    }
  }

  #fold(step: FrameStep, down: DecodedDown): void {
    for (const { fold } of this.#placed(step, down)) fold()
    for (const rejected of down.rejected) this.#rejected(step, rejected)
    for (const chat of step.touched) step.settle(chat)
    for (const receipt of down.receipts) this.#receipt(step, receipt)
    for (const notice of down.typing) this.#typing(step, notice)
    for (const gap of down.gaps) {
      const event = { chatId: undefined, droppedMin: gap.dropped ?? 0 }
      step.effects.push(() => {
        this.#parts.events.emit('gap', event)
        this.#parts.reconcile()
      })
    }
  }

  /** In the order of each chat; a message before a command that changed nothing and has the message's seq. */
  #placed(step: FrameStep, down: DecodedDown): Placed[] {
    const placed: Placed[] = []
    for (const message of down.messages) {
      placed.push({ seq: message.seq ?? 0, fold: () => this.#message(step, message) })
    }
    for (const accepted of down.accepted) {
      const first = accepted.clientSeq ?? 0
      for (const clientSeq of this.#parts.outbox.unanswered(first, first + (accepted.more ?? 0))) {
        const seq = (accepted.seq ?? 0) + clientSeq - first
        // What it says of its first send holds for that alone.
        const facts = clientSeq === first ? accepted : {}
        placed.push({ seq, fold: () => this.#accepted(step, clientSeq, seq, facts) })
      }
    }
    for (const response of down.responses) {
      const seq = response.chat?.lastSeq ?? 0
      placed.push({ seq, fold: () => foldResponse(step, response, this.#parts) })
    }
    return placed.sort((a, b) => a.seq - b.seq)
  }

  #message(step: FrameStep, message: WireMessage): void {
    const { chats, user } = this.#parts
    const seq = message.seq ?? 0
    if (!isChatField(message.chat) || !isCount(seq) || seq === 0) return
    const chat = chats.get(chatIdOf(message.chat))
    if (message.change?.added?.roster) {
      step.join(chat, seq)
      chat.setOwnRead(seq - 1)
    }
    const fate = step.note(chat, seq)
    if (fate === 'repeat') return
    const sender = message.sender ?? 0
    if (message.directMembers?.length === 2) chat.roster = directRoster(chat.roster, message.directMembers)
    const stored = step.folding.put(chat, receivedMessage(message, chat))
    if (message.change) chat.roster = applyChange(chat.roster, message.change, seq, sender)
    if (message.change || message.directMembers?.length === 2) step.rosters.add(chat)
    const isOwn = userOf(chat.roster, sender) === user
    noteVanishing(chat, stored, isOwn)
    if (isOwn) chat.noteOwn(seq)
    else if (!message.change && !message.quiet && isShown(stored) && seq > chat.ownRead) chat.unread.add(seq)
    chat.noteBrief(seq, message.briefBefore ?? 0)
    if (fate === 'late') step.told(chat, stored)
    else chat.waiting.set(seq, stored)
  }

  #accepted(step: FrameStep, clientSeq: number, seq: number, accepted: Accepted): void {
    const { outbox, chats, receipts, events, user } = this.#parts
    const taken = outbox.accept(clientSeq, step.changes)
    if (!taken || !isCount(seq)) return
    const { chat: chatId, command } = taken.item
    const chat = chats.get(chatId)
    // A command that changed nothing is accepted with the chat's last seq, which is not its own.
    if (step.note(chat, seq) === 'repeat') {
      // Either it changed nothing and came again, or the server gives this seq anew.
      if (!isMessage(command) && seq < (chat.sequence.upTo ?? 0)) step.doubt(chat)
    } else {
      const stored = step.folding.put(chat, ownMessage(taken.item, seq, user, accepted))
      chat.noteBrief(seq, accepted.briefBefore ?? 0)
      const { act } = stored
      if (act && isToldOf(stored)) step.effects.push(() => this.#parts.acted(chat, act))
      noteVanishing(chat, stored, true)
      chat.noteOwn(seq)
      if (stored.change) {
        chat.roster = applyOwnChange(chat.roster, stored.change, seq, user)
        chat.isRosterAsked = false
        if (stored.change.kind === 'added') chat.ownAdditionSeq = seq
        step.rosters.add(chat)
      }
    }
    const { peer } = chat.roster
    if (seq === 1 && peer !== '') {
      chat.roster = directRoster(chat.roster, [user, peer])
      step.rosters.add(chat)
    }
    step.effects.push(() => {
      taken.sent.markAccepted(seq)
      if (isMessage(command)) receipts.follow(taken.sent, chat)
      events.emit('accepted', { chatId, clientSeq: taken.item.clientSeq, seq })
    })
  }

  #rejected(step: FrameStep, rejected: Rejected): void {
    const { outbox, requests, events, chats } = this.#parts
    const error = rejection(rejected.code ?? 0, rejected.retryAfterS ?? 0)
    const { request = 0 } = rejected
    if (request) {
      step.effects.push(() => requests.refuse(request, error))
      return
    }
    const clientSeq = rejected.clientSeq ?? 0
    // The server could not read so far: which send it was nobody can say, so none is taken for it.
    if (clientSeq === 0) {
      step.effects.push(() => events.emit('error', error))
      return
    }
    const taken = outbox.reject(clientSeq, step.changes)
    if (!taken) return
    const { chat: chatId } = taken.item
    step.touched.add(chats.get(chatId))
    const retried = outbox.retry(taken, error, step.changes)
    if (retried) {
      step.effects.push(retried)
      return
    }
    outbox.giveUp(taken)
    step.effects.push(() => {
      taken.sent.markRejected(error)
      events.emit('rejected', { chatId, clientSeq, error })
    })
  }

  #receipt(step: FrameStep, receipt: Receipt): void {
    if (!isChatField(receipt.chat)) return
    const { chats, receipts, events } = this.#parts
    const chat = chats.get(chatIdOf(receipt.chat))
    const { delivered, read, ownRead } = receipt
    const raised: ['delivered' | 'read' | 'own-read', number][] = []
    if (delivered && delivered > chat.delivered) raised.push(['delivered', (chat.delivered = delivered)])
    if (read && read > chat.read) raised.push(['read', (chat.read = read)])
    if (ownRead && ownRead > chat.ownReadSent) {
      chat.ownReadSent = ownRead
      if (ownRead > chat.ownRead) {
        chat.setOwnRead(ownRead)
        raised.push(['own-read', ownRead])
        if (chat.doubt) step.doubt(chat)
      }
    }
    step.touched.add(chat)
    step.effects.push(() => {
      receipts.apply(chat)
      for (const [kind, upTo] of raised) events.emit('receipt', { chatId: chat.id, kind, upTo })
    })
  }

  #typing(step: FrameStep, notice: TypingNotice): void {
    if (!isChatField(notice.chat)) return
    const chat = this.#parts.chats.get(chatIdOf(notice.chat))
    const user = userOf(chat.roster, notice.member ?? 0)
    const event = { chatId: chat.id, user, isTyping: !notice.stopped }
    step.effects.push(() => this.#parts.events.emit('typing', event))
  }
}

/** By itself, or with its chat. An own one has been read by who wrote it. */
function noteVanishing(chat: LocalChat, stored: StoredMessage, isOwn: boolean): void {
  const { seq, said, sentAtMs, isFromHere, change, act, isHidden } = stored
  chat.vanishing.remove(seq)
  if (change || act || isHidden) return
  const afterS = said?.disappearAfterS ?? disappearAfterSAt(chat.roster, seq)
  if (afterS === 0) return
  chat.vanishing.add(seq, afterS)
  // The server tells whole seconds. Of what this device sent it has a clock of its own, which may be hours ahead.
  if (isOwn) chat.vanishing.start(seq, isFromHere ? Date.now() : sentAtMs + 999)
  else if (seq <= chat.ownRead) chat.vanishing.start(seq, Date.now())
}

interface Placed {
  readonly seq: number
  readonly fold: () => void
}

export interface ReceiverParts {
  readonly user: UserId
  readonly chats: Chats
  readonly outbox: Outbox
  readonly inbox: Inbox
  readonly receipts: Receipts
  readonly requests: Requests
  readonly events: Events<ClientEvents>
  readonly write: (changes: readonly StoreChange[]) => Promise<void>
  /** What the local store has with `after` < seq < `before`. */
  readonly stored: (chat: ChatId, after: number, before: number) => Promise<readonly StoredMessage[]>
  /** Messages were lost somewhere: find out in which chats. */
  readonly reconcile: () => void
  /** Ask the server about chats that are in doubt. */
  readonly resolveDoubts: () => void
  /** The server does not have the read mark that it had. */
  readonly readAgain: (chat: LocalChat) => void
  /** This device did that to a message. */
  readonly acted: (chat: LocalChat, act: Act) => void
}
