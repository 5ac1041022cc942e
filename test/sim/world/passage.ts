export type Role = 'broker' | 'worker' | 'redis' | 'app'

/** A process, and what it is there for. */
interface Party {
  readonly role: Role
  readonly isDead: boolean
}

/** Of docs/life-of-a-message.md. */
const STEPS = 11
/** What apps write, in frames and in the journal: the byte before it says how long it is. */
const TEXT = /[a-z]+\d*\/[a-z]+(?:-twin)? \d+/g
const PUBACK = Buffer.of(0x40, 2)

interface Journey<One> {
  /** The last step that is done. */
  step: number
  /** Who has the message, and who is to have it next or to say that it does. */
  at: readonly One[]
  chat: string
  seq: number | undefined
}

/**
 * How far each message of a direct chat is on its way, by what can be seen from outside: bytes between processes and on
 * disks, and what apps store and are told. So a fault is known to have cut a life in two, between which steps.
 */
export class Passage<One extends Party> {
  readonly #journeys = new Map<string, Journey<One>>()
  /** Told whenever a message gets on. */
  moved: () => void = () => undefined
  /** Faults that struck somebody who had a message between a step and the next one. */
  readonly cuts: number[] = Array.from({ length: STEPS - 1 }, () => 0)

  /** An app sends a message to another user. */
  sent(text: string, chat: string, app: One): void {
    this.#journeys.set(text, { step: 1, at: [app], chat, seq: undefined })
  }

  /** The server says which message it has become. */
  numbered(text: string, seq: number): void {
    const journey = this.#journeys.get(text)
    if (journey !== undefined) journey.seq = seq
  }

  /** Nothing will become of it, or nobody will be told. */
  ended(text: string): void {
    this.#journeys.delete(text)
  }

  /** Another user's device has it. */
  stored(text: string, device: One): void {
    const journey = this.#journeys.get(text)
    if (journey?.step === 7 && journey.at.includes(device)) this.#move(journey, 8, ...journey.at)
  }

  /** The sender knows that it was delivered: its way is over. */
  delivered(chat: string, upTo: number): void {
    for (const [text, journey] of this.#journeys)
      if (journey.chat === chat && (journey.seq ?? Infinity) <= upTo) this.#journeys.delete(text)
  }

  /** Bytes set out. */
  sends(from: One, to: One, bytes: Buffer): void {
    for (const journey of this.#in(bytes)) {
      const { step } = journey
      if (step === 1 && to.role === 'broker') journey.at = [from, to]
      else if (step >= 2 && step <= 5 && to.role === 'worker') this.#move(journey, 3, from, to)
      else if (step === 4 && from.role === 'worker') this.#move(journey, 5, from, to)
      else if ((step === 6 || step === 7) && to.role === 'app') this.#move(journey, 7, from, to)
    }
  }

  /** Bytes arrive. */
  gets(from: One, to: One, bytes: Buffer): void {
    if (this.#journeys.size === 0) return
    if (to.role === 'worker') {
      for (const journey of this.#in(bytes)) if (journey.step === 3) this.#move(journey, 4, from, to)
      // A mark says no text.
      for (const journey of this.#journeys.values())
        if (journey.step === 9 && journey.at.includes(from)) this.#move(journey, 10, from, to)
    } else if (to.role === 'redis') this.writes(from, bytes)
    else if (to.role === 'broker' && from.role === 'app' && bytes.includes(PUBACK))
      for (const journey of this.#journeys.values())
        if (journey.step === 8 && journey.at.includes(from)) this.#move(journey, 9, to)
  }

  /** A broker's bytes are on a disk. */
  writes(broker: One, bytes: Buffer): void {
    for (const journey of this.#in(bytes))
      if (journey.step === 1) this.#move(journey, 2, ...journey.at)
      else if (journey.step === 5) this.#move(journey, 6, broker)
  }

  /** A fault strikes what these have to do with each other. */
  struck(...processes: readonly One[]): void {
    const steps = new Set<number>()
    for (const { step, at } of this.#journeys.values())
      if (processes.every((process) => at.includes(process))) steps.add(step)
    for (const step of steps) this.cuts[step - 1] = (this.cuts[step - 1] ?? 0) + 1
  }

  /** A message that is on its way among living processes, where faults were rarest. */
  rarest(): Pick<Journey<One>, 'step' | 'at'> | undefined {
    let rarest: Journey<One> | undefined
    const countOf = ({ step }: Journey<One>): number => this.cuts[step - 1] as number
    for (const journey of this.#journeys.values())
      if (!journey.at.some(({ isDead }) => isDead))
        if (rarest === undefined || countOf(journey) < countOf(rarest)) rarest = journey
    return rarest
  }

  #move(journey: Journey<One>, step: number, ...at: readonly One[]): void {
    journey.step = step
    journey.at = at
    this.moved()
  }

  /** The messages whose texts stand there. */
  #in(bytes: Buffer): readonly Journey<One>[] {
    if (this.#journeys.size === 0) return []
    const whole = bytes.toString('latin1')
    const found: Journey<One>[] = []
    for (const { index } of whole.matchAll(TEXT)) {
      const text = whole.slice(index, index + whole.charCodeAt(index - 1))
      const journey = this.#journeys.get(text)
      if (journey !== undefined) found.push(journey)
    }
    return found
  }
}
