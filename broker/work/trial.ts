import type { Put } from '../mailbox/store.ts'

/** The pseudo-chat of each partition that notes which entry was last sent alone, and how often. */
export const TRIED = '~tried'
const FIELD = 'entry'

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
 * From the `takeoversMax`-th lease in a row without a commit on, the entries that waited at its start go singly, each
 * noted in the store before it goes. A noted entry whose owner went away without committing it is condemned by the
 * next owner. Commits of the entries before it reset the count of leases: then it takes a second try alone.
 */
export class Trial {
  readonly #singlyUpTo: number
  readonly #condemned: number
  #tried: { readonly position: number; readonly tries: number }
  #isNoted = false

  /** @param note the partition's note, as `noteOf` made it; undefined if there is none */
  constructor(at: TrialStart, note: Uint8Array | undefined, takeoversMax: number) {
    const [, position, tries] = /^(\d+) (\d+)$/.exec(Buffer.from(note ?? []).toString()) ?? []
    this.#tried = { position: Number(position ?? 0), tries: Number(tries ?? 0) }
    const wasTried = this.#tried.position === at.cursor + 1
    const isEnough = at.takeovers > takeoversMax || this.#tried.tries > 1
    this.#condemned = wasTried && isEnough ? this.#tried.position : 0
    this.#singlyUpTo = wasTried || at.takeovers >= takeoversMax ? at.head : 0
  }

  static noteIn(fields: ReadonlyMap<string, Uint8Array> | undefined): Uint8Array | undefined {
    return fields?.get(FIELD)
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
    return { chat: TRIED, field: FIELD, value: Buffer.from(`${position} ${tries}`) }
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

  /** What takes the note out again. */
  static readonly removal: Put = { chat: TRIED, field: FIELD }
}
