import type { Put } from '../mailbox/store.ts'

/** The pseudo-chat of each partition that notes which entry was last sent alone, and how often; and under how many leases
 * its entries were sent and not committed. */
export const TRIED = '~tried'
const ENTRY = 'entry'
const LEASES = 'leases'

/** How a lease began, as far as a trial is concerned. */
export interface TrialStart {
  readonly cursor: number
  readonly head: number
  /** Leases since the last commit, this one included. */
  readonly takeovers: number
}

/**
 * Finds the entry that brings workers down, without taking an innocent one for it.
 *
 * A lease counts against the entries that wait if a batch was sent to a worker under it and no commit came of it. A lease
 * that is not the first since the last commit notes that in the store before its first batch goes; the first is not worth
 * a write. From `takeoversMax` of them on, the entries that waited at the lease's start go singly, each noted before it
 * goes. A noted entry whose owner went away without committing it is condemned by the next owner. Commits of the entries
 * before it end the count: then it takes a second try alone.
 */
export class Trial {
  readonly #cursor: number
  readonly #singlyUpTo: number
  readonly #condemned: number
  /** Leases without a commit under which something was sent; of this one too, once that is noted. */
  #failed: number
  #isToCount: boolean
  #tried: { readonly position: number; readonly tries: number }
  #isNoted = false

  /** @param notes the partition's, as `noteOf` and `leaseNote` made them */
  constructor(at: TrialStart, notes: ReadonlyMap<string, Uint8Array>, takeoversMax: number) {
    const [position, tries] = numbersIn(notes.get(ENTRY))
    const [cursor, failed] = numbersIn(notes.get(LEASES))
    this.#cursor = at.cursor
    this.#isToCount = at.takeovers > 1 && at.head > at.cursor
    this.#failed = this.#isToCount && cursor === at.cursor ? failed : 0
    this.#tried = { position, tries }
    const wasTried = position === at.cursor + 1
    const isEnough = this.#failed > takeoversMax || tries > 1
    this.#condemned = wasTried && isEnough ? position : 0
    this.#singlyUpTo = wasTried || this.#failed >= takeoversMax ? at.head : 0
  }

  /** Whether this lease is to be noted before anything is sent under it. */
  get isToCount(): boolean {
    return this.#isToCount
  }

  /** What must be in the store before the first batch goes. */
  get leaseNote(): Put {
    return { chat: TRIED, field: LEASES, value: Buffer.from(`${this.#cursor} ${this.#failed + 1}`) }
  }

  counted(): void {
    this.#isToCount = false
  }

  /** Whether the entry must go alone. */
  isSingle(position: number): boolean {
    return position <= this.#singlyUpTo
  }

  isCondemned(position: number): boolean {
    return position === this.#condemned
  }

  /** Whether the note for the entry that goes next is in the store. */
  get isNoted(): boolean {
    return this.#isNoted
  }

  /** What must be in the store before the entry goes. */
  noteOf(position: number): Put {
    const tries = this.#tried.position === position ? this.#tried.tries + 1 : 1
    return { chat: TRIED, field: ENTRY, value: Buffer.from(`${position} ${tries}`) }
  }

  noted(position: number): void {
    const tries = this.#tried.position === position ? this.#tried.tries + 1 : 1
    this.#tried = { position, tries }
    this.#isNoted = true
  }

  /** The noted entry is on its way. */
  sent(): void {
    this.#isNoted = false
  }

  /** What takes the note of an entry out again. */
  static readonly removal: Put = { chat: TRIED, field: ENTRY }
}

/** Zeros for what nobody has noted. */
function numbersIn(note: Uint8Array | undefined): readonly [number, number] {
  const [, first, second] = /^(\d+) (\d+)$/.exec(Buffer.from(note ?? []).toString()) ?? []
  return [Number(first ?? 0), Number(second ?? 0)]
}
