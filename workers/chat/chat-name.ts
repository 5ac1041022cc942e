import { CHAT_NAME_CHARS_MAX } from '../../proto/limits.ts'

// A name is shown in one line, terminals included.
const CONTROL = /\p{Cc}/u

export function isChatName(name: string): boolean {
  return name.length > 0 && name.length <= CHAT_NAME_CHARS_MAX && !CONTROL.test(name)
}
