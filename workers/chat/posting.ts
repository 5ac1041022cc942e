import type { ErrorName } from '../../proto/errors.ts'
import type { MarkKind } from './member.ts'
import type { Audience, ChatState } from './state.ts'

/** One thing that a step wants delivered. The work loop turns postings into the Deliveries of a Fanout. */
export type Posting =
  | {
      readonly kind: 'accepted'
      readonly chat: ChatState
      readonly user: string
      readonly device: string
      readonly clientSeq: number
      readonly seq: number
      /** What the others are told of the entry, too, and the sender's device cannot know. Undefined: it is no new one. */
      readonly facts: AcceptedFacts | undefined
    }
  | RejectedPosting
  /** An encoded entry for everybody in the audience but one device. */
  | {
      readonly kind: 'shared'
      readonly chat: ChatState
      readonly audience: Audience
      readonly exceptUser: string
      readonly exceptDevice: string
      readonly entry: Uint8Array
      /** Who has not got it by then never gets it. 0: as long as mailboxes keep it. */
      readonly ttlS: number
    }
  /** An answer to one device. `chat`: what it says of the chat holds at this place among the chat's entries. */
  | {
      readonly kind: 'answer'
      readonly chat?: ChatState
      readonly user: string
      readonly device: string
      readonly entry: Uint8Array
    }
  /** To a sender: all others have (or have read) everything up to `seq`. */
  | {
      readonly kind: 'receipt'
      readonly mark: MarkKind
      readonly user: string
      readonly chat: ChatState
      readonly seq: number
    }
  /** To the reader's other devices. */
  | {
      readonly kind: 'own-read'
      readonly user: string
      readonly exceptDevice: string
      readonly chat: ChatState
      readonly seq: number
    }
  /** Live only, for everybody in the audience but one device. */
  | {
      readonly kind: 'typing'
      readonly audience: Audience
      readonly exceptUser: string
      readonly exceptDevice: string
      readonly entry: Uint8Array
    }

/** As in proto/down.proto. */
export interface AcceptedFacts {
  readonly atS: number
  readonly fromAdmin: boolean
  readonly briefBefore: number
}

export interface RejectedPosting {
  readonly kind: 'rejected'
  readonly user: string
  readonly device: string
  readonly code: ErrorName
  /** 0 if the frame could not be read that far; then `chat` is set if there is one. */
  readonly clientSeq: number
  readonly retryAfterS: number
  readonly chat?: Uint8Array
  readonly request?: number
}
