/** What a message says beside its text. */
export interface Said {
  readonly mentions?: readonly Mention[]
  /** The seq of the message that it answers, which this device need not have. */
  readonly replyTo?: number
  /** It was somebody else's before. */
  readonly forwarded?: boolean
  readonly attachments?: readonly Attachment[]
  readonly location?: GeoLocation
  readonly contact?: Contact
  /** So many seconds after it was read it disappears; its sender's devices count from sending. */
  readonly disappearAfterS?: number
}

/** A user who is named in the text, from its UTF-16 unit `start` on: `text.slice(start, start + length)`. */
export interface Mention {
  readonly user: string
  readonly start: number
  readonly length: number
}

/** A file that lies elsewhere. */
export interface Attachment {
  readonly url: string
  readonly name?: string
  readonly contentType?: string
  /** Bytes. */
  readonly size?: number
  readonly sha256?: Uint8Array
  /** What it is sealed with. */
  readonly key?: Uint8Array
  /** A small picture, or its hash. */
  readonly preview?: Uint8Array
  /** Pixels. */
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
}

export interface GeoLocation {
  /** Degrees, WGS 84. */
  readonly latitude: number
  readonly longitude: number
  readonly accuracyM?: number
  readonly name?: string
}

export interface Contact {
  readonly name: string
  /** A user of this server. */
  readonly user?: string
  readonly phones?: readonly string[]
  readonly emails?: readonly string[]
}

/** What a message does to an earlier one of its chat, whose seq it names. */
export type Act =
  | {
      readonly kind: 'edit'
      readonly seq: number
      readonly text: string
      readonly mentions?: readonly Mention[]
    }
  | { readonly kind: 'delete'; readonly seq: number }
  /** An empty emoji takes the user's reaction back. */
  | { readonly kind: 'reaction'; readonly seq: number; readonly emoji: string }

/** Mentions of one message. Of more, the first count; a message with more is not sent. */
export const MENTIONS_MAX = 100
/** Attachments of one message, and phones and emails of one contact each; the same holds. */
export const ATTACHMENTS_MAX = 32
/** A reaction in UTF-8: one emoji, with all its joiners. A longer one is not sent, and shown to nobody. */
export const EMOJI_BYTES_MAX = 64
