/**
 * Frames between nodes. At most once: anything may be lost at any time, and nothing depends on a frame coming, for
 * lanes notice by position and read the store. Frames of one node to another keep their order.
 */
export interface Bus {
  /** Receive frames for `node` from here on. Called once, before the first publish. */
  subscribe(node: string, listener: BusListener): Promise<void>
  /** Hands a frame over and never waits; unknown or gone nodes get nothing. The frame must not be changed after. */
  publish(node: string, frame: Uint8Array): void
  close(): Promise<void>
}

export interface BusListener {
  /** One frame; a view that the listener may keep. */
  receive(frame: Uint8Array): void
  /** The subscription was down and is back: frames may have been missed. */
  interrupted(): void
  /** A frame for that node was not handed over, or nobody knows. */
  lost(node: string): void
}

/** The bus of a single process: there are no other nodes. */
export class SingleNodeBus implements Bus {
  async subscribe(): Promise<void> {}
  publish(): void {}
  async close(): Promise<void> {}
}
