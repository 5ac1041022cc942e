import { CHAT_NAME_CHARS_MAX } from './limits.ts'

// A name is shown in one line, terminals included, and must not turn around what stands beside it.
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u
// Hangul fillers are letters and the empty braille pattern is a symbol: nobody sees them.
const VISIBLE = /(?!\p{Default_Ignorable_Code_Point}|\u2800)[\p{L}\p{N}\p{P}\p{S}\p{Co}]/u

/**
 * The one spelling of a group's name: without spaces around it, in NFC. Clients send it, and workers make it of what
 * other clients send, so that two names that look alike compare alike.
 *
 * @returns undefined for what can be no name: nothing to see in it, longer than CHAT_NAME_CHARS_MAX, or with control
 *          characters, line breaks or marks that turn the direction of text around
 */
export function chatNameOf(text: string): string | undefined {
  const trimmed = text.trim()
  // Normalizing a stranger's longest text would take its time.
  if (trimmed.length > CHAT_NAME_CHARS_MAX * DECOMPOSED_CHARS_MAX) return undefined
  const name = trimmed.normalize('NFC')
  const isName = name.length <= CHAT_NAME_CHARS_MAX && VISIBLE.test(name) && !FORBIDDEN.test(name)
  return isName ? name : undefined
}

/** What NFC can make one character of: a Greek letter with three marks. */
const DECOMPOSED_CHARS_MAX = 4
