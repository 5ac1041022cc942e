/** The bytes of a journal record or of a settled entry. Of a record that is being written, those that stand there by now. */
export interface Chunk {
  bytes: Buffer
}

/** Bytes that entries of many mailboxes share: ADR 0031. */
export class Body {
  readonly id: number
  /** Bytes. */
  readonly length: number
  readonly #read: () => Buffer | undefined

  private constructor(id: number, length: number, read: () => Buffer | undefined) {
    this.id = id
    this.length = length
    this.#read = read
  }

  /** It stands in a record of the journal. */
  static inRecord(id: number, length: number, chunk: Chunk, at: number): Body {
    return new Body(id, length, () => chunk.bytes.subarray(at, at + length))
  }

  /** It stands in the tables, and is read when it is asked for. */
  static settled(id: number, length: number, read: () => Buffer | undefined): Body {
    return new Body(id, length, read)
  }

  /** @returns undefined if it is gone, which only damage can do */
  bytes(): Buffer | undefined {
    return this.#read()
  }
}
