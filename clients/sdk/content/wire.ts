import { type Content, decodeContent, encodeContent, isCount } from '../../../proto/codec.ts'
import { isUserId } from '../../../proto/ids.ts'
import { DISAPPEAR_AFTER_S_MAX } from '../../../proto/limits.ts'
import {
  ATTACHMENTS_MAX,
  EMOJI_BYTES_MAX,
  MENTIONS_MAX,
  type Act,
  type Attachment,
  type Contact,
  type GeoLocation,
  type Mention,
  type Said,
} from '../said.ts'

/** What stands in a message's content. */
export interface ReadContent {
  /** Empty: what stands beside the content. */
  readonly text: string
  readonly said?: Said
  readonly act?: Act
}

/** What a message says beside its text, as bytes; undefined: nothing. */
export function bytesOfSaid({
  mentions,
  location,
  contact,
  attachments,
  ...said
}: Said): Uint8Array | undefined {
  const bytes = encodeContent({
    mentions: (mentions ?? []).map((mention) => ({ ...mention })),
    replyTo: said.replyTo ?? 0,
    forwarded: said.forwarded ?? false,
    disappearAfterS: said.disappearAfterS ?? 0,
    attachments: (attachments ?? []).map((attachment) => ({ ...attachment })),
    ...(location && { location: { ...location } }),
    ...(contact && {
      contact: { ...contact, phones: [...(contact.phones ?? [])], emails: [...(contact.emails ?? [])] },
    }),
  })
  return bytes.length > 0 ? bytes : undefined
}

export function bytesOfAct(act: Act): Uint8Array {
  switch (act.kind) {
    case 'edit': {
      const mentions = (act.mentions ?? []).map((mention) => ({ ...mention }))
      return encodeContent({ edit: act.seq, text: act.text, mentions })
    }
    case 'delete':
      return encodeContent({ delete: act.seq })
    case 'reaction':
      return encodeContent({ reaction: { seq: act.seq, emoji: act.emoji } })
  }
}

/**
 * Others may have written anything: what is out of its range is left out, and of what is no Content at all there is nothing.
 * @param beside the text that stands beside it
 */
export function readContent(bytes: Uint8Array, beside: string): ReadContent {
  let content: Content
  try {
    content = decodeContent(bytes)
  } catch {
    return { text: '' }
  }
  const text = content.text ?? ''
  const act = actIn(content, text)
  // One on seq 0 is an act, too, and on nothing.
  if (content.act !== undefined) return { text: '', ...(act && { act }) }
  const said = saidIn(content, text || beside)
  return { text, ...(Object.keys(said).length > 0 && { said }) }
}

function actIn(content: Content, text: string): Act | undefined {
  const seq = content.edit ?? content.delete ?? content.reaction?.seq ?? 0
  if (!isCount(seq) || seq === 0) return undefined
  if (content.delete) return { kind: 'delete', seq }
  if (content.edit) {
    const mentions = mentionsIn(content, text)
    return text === '' ? undefined : { kind: 'edit', seq, text, ...(mentions.length > 0 && { mentions }) }
  }
  const emoji = content.reaction?.emoji ?? ''
  return emoji === '' || isEmoji(emoji) ? { kind: 'reaction', seq, emoji } : undefined
}

/** Whether it may be a reaction: short, and nothing that breaks a line of them, or turns round what stands in it. */
export function isEmoji(text: string): boolean {
  return (
    !/[\s\p{Cc}\p{Bidi_Control}\p{Surrogate}]/u.test(text) &&
    text !== '' &&
    new TextEncoder().encode(text).length <= EMOJI_BYTES_MAX
  )
}

function saidIn(content: Content, text: string): Said {
  const mentions = mentionsIn(content, text)
  const { replyTo, forwarded, disappearAfterS } = content
  const attachments = (content.attachments ?? []).slice(0, ATTACHMENTS_MAX).flatMap(attachmentIn)
  const location = locationIn(content)
  const contact = contactIn(content)
  return {
    ...(mentions.length > 0 && { mentions }),
    ...(replyTo && isCount(replyTo) && { replyTo }),
    ...(forwarded && { forwarded }),
    ...(attachments.length > 0 && { attachments }),
    ...(location && { location }),
    ...(contact && { contact }),
    ...(disappearAfterS && { disappearAfterS: Math.min(disappearAfterS, DISAPPEAR_AFTER_S_MAX) }),
  }
}

function mentionsIn({ mentions }: Content, text: string): Mention[] {
  const found = (mentions ?? []).slice(0, MENTIONS_MAX).flatMap(({ user, start, length }) => {
    const mention = { user: user ?? '', start: start ?? 0, length: length ?? 0 }
    return isMentionIn(mention, text) ? [mention] : []
  })
  return found.sort((a, b) => a.start - b.start)
}

export function isMentionIn({ user, start, length }: Mention, text: string): boolean {
  return isUserId(user) && isCount(start) && isCount(length) && length > 0 && start + length <= text.length
}

function attachmentIn(wire: NonNullable<Content['attachments']>[number]): Attachment[] {
  const { url, name, contentType, size, sha256, key, preview, width, height, durationMs } = wire
  if (!url) return []
  return [
    {
      url,
      ...(name && { name }),
      ...(contentType && { contentType }),
      ...(size && isCount(size) && { size }),
      ...(width && { width }),
      ...(height && { height }),
      ...(durationMs && { durationMs }),
      // Copies: the decoder's bytes are a view of the network's buffer.
      ...(sha256?.length && { sha256: Uint8Array.from(sha256) }),
      ...(key?.length && { key: Uint8Array.from(key) }),
      ...(preview?.length && { preview: Uint8Array.from(preview) }),
    },
  ]
}

function locationIn({ location }: Content): GeoLocation | undefined {
  if (!location) return undefined
  const { latitude, longitude, accuracyM, name } = location
  const place = { latitude: latitude ?? 0, longitude: longitude ?? 0 }
  if (!isPlace(place)) return undefined
  const isAccuracy =
    accuracyM !== undefined && accuracyM !== null && Number.isFinite(accuracyM) && accuracyM > 0
  return { ...place, ...(isAccuracy && { accuracyM }), ...(name && { name }) }
}

export function isPlace({ latitude, longitude }: GeoLocation): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
}

function contactIn({ contact }: Content): Contact | undefined {
  if (!contact?.name) return undefined
  const { name, user } = contact
  const phones = (contact.phones ?? []).slice(0, ATTACHMENTS_MAX)
  const emails = (contact.emails ?? []).slice(0, ATTACHMENTS_MAX)
  return {
    name,
    ...(user && isUserId(user) && { user }),
    ...(phones.length > 0 && { phones }),
    ...(emails.length > 0 && { emails }),
  }
}
