/**
 * What clients saw, in the order in which one process saw it. Written by the load, read by the checker. Texts are
 * unique over a whole run: they are how a message is known without believing any id that the product gave it.
 */
export type Observation = At &
  (
    | { readonly what: 'sent'; readonly text: string }
    /** PUBACK: ✓. */
    | { readonly what: 'acknowledged'; readonly text: string }
    | { readonly what: 'accepted'; readonly text: string; readonly seq: number }
    | { readonly what: 'rejected'; readonly text: string; readonly code: string }
    /** It goes behind what was sent since: the server had no room for it, or set a copy of it aside. */
    | { readonly what: 'deferred'; readonly text: string }
    /** The app of this device was given a message that another device sent. */
    | { readonly what: 'arrived'; readonly seq: number; readonly sender: string; readonly text: string }
    /** The device has it, the app may be told later: it is not running, or the sender's name is still asked for. */
    | { readonly what: 'stored'; readonly seq: number }
    /** The app was given a change of the chat; `by`, `joined` and `left` are user ids. */
    | {
        readonly what: 'changed'
        readonly seq: number
        readonly by: string
        readonly joined: readonly string[]
        readonly left: readonly string[]
      }
    /** Receipts that the app of a sender was given: all others have every message up to here. */
    | { readonly what: 'delivered'; readonly upTo: number }
    | { readonly what: 'read'; readonly upTo: number }
    /** The app was told that something is missing. */
    | { readonly what: 'gap'; readonly firstSeq?: number; readonly lastSeq?: number }
    /** The app was told that the server gives this chat's seqs from there on anew. */
    | { readonly what: 'set-back'; readonly firstSeq: number }
    /** What became of it is told to nobody any more: whoever sent it knows nothing of it. */
    | { readonly what: 'forgotten'; readonly text: string }
    /** From here on two devices have this name, and each gets some of what comes. */
    | { readonly what: 'torn' }
    /** The device has lost what it had, or some of it: it begins anew with what it has not acknowledged. */
    | { readonly what: 'restored' }
    /** One answer speaks of sends to several chats (docs/wire.md: all of them are of one). */
    | { readonly what: 'mixed'; readonly texts: readonly string[] }
    /** Somebody was served who must not be. */
    | { readonly what: 'let-in'; readonly as: string }
    /** Of nobody: the mailboxes were copied. */
    | { readonly what: 'copied' }
    /** They are put back to that copy, and start there. By chat, who is in it by what else was kept of it. */
    | { readonly what: 'put-back'; readonly members: ReadonlyMap<string, readonly string[]> }
    /** The app has ended, and another goes on with its store. */
    | { readonly what: 'restarted' }
    /** The app of this device said that its user has read up to here. */
    | { readonly what: 'marked-read'; readonly upTo: number }
  )

interface At {
  readonly user: string
  readonly device: string
  readonly chat: string
}

export interface Plan {
  /** Who uses which devices. All of them are connected and quiet at the end. */
  readonly devices: readonly { readonly user: string; readonly device: string }[]
  /** Members at the start, before any change that the log tells of; for a direct chat both. */
  readonly chats: ReadonlyMap<string, readonly string[]>
}

export type Rule =
  /** Acknowledged or numbered, and some device of some member never got it. */
  | 'lost'
  /** Given twice to one app, or one send became two messages. */
  | 'doubled'
  /** Not in the order of the chat, or with a hole; or a device's own sends out of their order. */
  | 'reordered'
  /** Given to who was no member at that position. */
  | 'non-member'
  /** Two devices were told different things about one position. */
  | 'disagreement'
  /** A receipt that shrinks, claims what is not so, or does not cover the end. */
  | 'receipt'

export interface Violation {
  readonly rule: Rule
  readonly says: string
}

export interface Verdict {
  readonly violations: readonly Violation[]
  readonly sent: number
  readonly acknowledged: number
  readonly messages: number
  readonly arrivals: number
}
