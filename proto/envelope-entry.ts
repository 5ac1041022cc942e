/**
 * Reading the chat of a partition's entry without decoding it. An entry is an Envelope: user (1), device (2),
 * at_ms (3) and chat (4) come first and in this order, for one writer makes them all.
 */

/**
 * @returns the chat's 10 bytes as a string of 10 code units 0…255, a cheap key for maps;
 *          "" for an entry that concerns no chat
 */
export function envelopeChatKey(entry: Uint8Array): string {
  let at = 0
  if (entry[at] === 0x0a) at += 2 + (entry[at + 1] as number) // user: at most 64 bytes, so one byte of length
  if (entry[at] === 0x12) at += 2 + (entry[at + 1] as number)
  if (entry[at] === 0x19) at += 9
  if (entry[at] !== 0x22 || entry[at + 1] !== 10) return ''
  return chatKeyAt(entry, at + 2)
}

/** The key of the chat whose 10 bytes stand at `at`. */
export function chatKeyAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(
    bytes[at] as number,
    bytes[at + 1] as number,
    bytes[at + 2] as number,
    bytes[at + 3] as number,
    bytes[at + 4] as number,
    bytes[at + 5] as number,
    bytes[at + 6] as number,
    bytes[at + 7] as number,
    bytes[at + 8] as number,
    bytes[at + 9] as number,
  )
}

/** The bytes of a key that envelopeChatKey or chatKeyAt made. */
export function chatBytesOfKey(key: string): Uint8Array {
  const bytes = new Uint8Array(key.length)
  for (let i = 0; i < key.length; i++) bytes[i] = key.charCodeAt(i)
  return bytes
}
