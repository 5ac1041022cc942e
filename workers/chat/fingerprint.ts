import type { UpKind } from './entry-kinds.ts'

/** The fields of any command; which of them there are depends on its kind. */
export interface CommandFields {
  readonly clientSeq?: number | null
  readonly text?: string | null
  readonly body?: Uint8Array | null
  readonly contentType?: string | null
  readonly name?: string | null
  readonly member?: string | null
  readonly role?: number | null
  readonly members?: readonly string[] | null
  readonly content?: Uint8Array | null
  readonly quiet?: boolean | null
  readonly ttlS?: number | null
  readonly afterS?: number | null
}

/**
 * 32 bits of what a command says: two commands under one clientSeq are the same send only if these agree (ADR 0021). They
 * stand in stores, so this function is fixed for ever.
 *
 * What counts is what is decoded, so that a retry may be encoded anew: kind, text, body, content type, name, member, role,
 * members as a set, and content, quiet, ttl_s and after_s if there are any. What does not count: clientSeq, `instead_of`, and
 * `peer`, which a retry may leave out when the chat exists by then. FNV-1a over UTF-16 code units and bytes, each field
 * behind its length.
 */
export function fingerprint(kind: UpKind, fields: CommandFields): number {
  let hash = mixText(0x811c9dc5, kind)
  hash = mixText(hash, fields.text ?? '')
  hash = mixBytes(hash, fields.body)
  hash = mixText(hash, fields.contentType ?? '')
  hash = mixText(hash, fields.name ?? '')
  hash = mixText(hash, fields.member ?? '')
  hash = mix(hash, fields.role ?? 0)
  if (fields.members?.length)
    for (const user of [...new Set(fields.members)].sort()) hash = mixText(hash, user)
  if (fields.content?.length) hash = mixBytes(mixText(hash, 'content'), fields.content)
  if (fields.quiet || fields.ttlS) hash = mix(mix(hash, fields.quiet ? 2 : 1), fields.ttlS ?? 0)
  if (fields.afterS) hash = mix(mixText(hash, 'after'), fields.afterS)
  return hash >>> 0
}

function mix(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193)
}

function mixText(hash: number, text: string): number {
  let mixed = mix(hash, text.length)
  for (let i = 0; i < text.length; i++) mixed = mix(mixed, text.charCodeAt(i))
  return mixed
}

function mixBytes(hash: number, bytes: Uint8Array | null | undefined): number {
  if (!bytes) return mix(hash, 0)
  let mixed = mix(hash, bytes.length)
  for (const byte of bytes) mixed = mix(mixed, byte)
  return mixed
}
