import { RedisError, Status, type RedisReply } from './keyspace.ts'

/** Commands out of bytes as they come. Source: the RESP 2 specification. */
export class CommandReader {
  #text = ''

  /** @returns the commands that are whole by now, each as its parts */
  read(bytes: Uint8Array): string[][] {
    this.#text += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    const commands: string[][] = []
    let at = 0
    for (;;) {
      const found = this.#command(at)
      if (found === undefined) break
      commands.push(found.parts)
      at = found.end
    }
    this.#text = this.#text.slice(at)
    return commands
  }

  #command(start: number): { parts: string[]; end: number } | undefined {
    const head = this.#line(start, '*')
    if (head === undefined) return undefined
    const parts: string[] = []
    let at = head.end
    for (let i = 0; i < head.value; i++) {
      const part = this.#line(at, '$')
      if (part === undefined || this.#text.length < part.end + part.value + 2) return undefined
      parts.push(this.#text.slice(part.end, part.end + part.value))
      at = part.end + part.value + 2
    }
    return { parts, end: at }
  }

  #line(at: number, sign: string): { value: number; end: number } | undefined {
    const end = this.#text.indexOf('\r\n', at)
    if (end < 0) return undefined
    if (this.#text[at] !== sign) throw new Error(`expected ${sign}, got ${this.#text.slice(at, end)}`)
    return { value: Number(this.#text.slice(at + 1, end)), end: end + 2 }
  }
}

/** An answer as RESP 2 has it, of bytes (latin1). */
export function encodeReply(reply: RedisReply): string {
  if (typeof reply === 'number') return `:${reply}\r\n`
  if (typeof reply === 'string') return `$${reply.length}\r\n${reply}\r\n`
  if (reply === null) return '$-1\r\n'
  if (reply instanceof Status) return `+${reply.text}\r\n`
  if (reply instanceof RedisError) return `-${reply.message}\r\n`
  return `*${reply.length}\r\n${reply.map(encodeReply).join('')}`
}
