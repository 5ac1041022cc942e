import type { MarkKind, Member } from './member.ts'

/**
 * The minimum of a mark over all members but one, for every one of them at once (G6).
 *
 * It keeps the two lowest levels and how many members stand at each, so that a mark that rises costs nothing until it
 * is the last of its level to leave it: members that move together cost one look over all of them per level.
 */
export class LowestMark {
  readonly #kind: MarkKind
  #lowest = Number.POSITIVE_INFINITY
  #atLowest = 0
  /** The one at the lowest level, if it is one. */
  #holder: Member | undefined
  #second = Number.POSITIVE_INFINITY
  #atSecond = 0

  constructor(kind: MarkKind, members: readonly Member[]) {
    this.#kind = kind
    this.#look(members)
  }

  /** The minimum over all members; infinite if there are none. */
  get ofAll(): number {
    return this.#lowest
  }

  /** The minimum over all members but this one; infinite if there is no other. */
  ofOthers(member: Member): number {
    return member === this.#holder ? this.#second : this.#lowest
  }

  /**
   * A member's mark rose from `before`.
   * @returns whether the minimum of anybody's others changed
   */
  rose(before: number, members: readonly Member[]): boolean {
    if (before === this.#lowest) {
      if (this.#atLowest > 2) {
        this.#atLowest--
        return false
      }
    } else if (this.#holder === undefined || before !== this.#second) {
      return false
    } else if (this.#atSecond > 1) {
      this.#atSecond--
      return false
    }
    this.#look(members)
    return true
  }

  #look(members: readonly Member[]): void {
    this.#lowest = this.#second = Number.POSITIVE_INFINITY
    this.#atLowest = this.#atSecond = 0
    this.#holder = undefined
    for (const member of members) {
      const mark = this.#kind === 'read' ? member.read : member.delivered
      if (mark < this.#lowest) {
        this.#second = this.#lowest
        this.#atSecond = this.#atLowest
        this.#lowest = mark
        this.#atLowest = 1
        this.#holder = member
      } else if (mark === this.#lowest) {
        this.#atLowest++
      } else if (mark < this.#second) {
        this.#second = mark
        this.#atSecond = 1
      } else if (mark === this.#second) {
        this.#atSecond++
      }
    }
    if (this.#atLowest !== 1) this.#holder = undefined
  }
}
