/**
 * The clientSeq of an Up whose kind this server does not know. Every command has it as field 1 of the Up's one item,
 * so a device of a newer protocol can still be told which of its sends was refused.
 *
 * @returns 0 if it cannot be read
 */
export function peekClientSeq(up: Uint8Array): number {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let scale = 1; at < up.length && scale < 2 ** 56; scale *= 128) {
      const byte = up[at++] as number
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    return Number.NaN
  }
  const isItem = (varint() & 7) === 2
  varint() // the item's length
  const isFirstField = up[at++] === 0x08
  const clientSeq = varint()
  return isItem && isFirstField && Number.isSafeInteger(clientSeq) ? clientSeq : 0
}
