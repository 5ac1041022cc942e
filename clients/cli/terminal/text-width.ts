/** What a stranger wrote, without what a terminal would obey: control characters become spaces; line breaks stay. */
export function printable(text: string): string {
  return (
    text
      .replaceAll('\r\n', '\n')
      .replaceAll('\t', '  ')
      // oxlint-disable-next-line no-control-regex -- they are what is taken out
      .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/gu, ' ')
  )
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const WIDE =
  /^(?:\p{Extended_Pictographic}\ufe0f?|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f1e6}-\u{1f1ff}]|[\u{20000}-\u{3fffd}])/u
const NARROW = /^[\u00a9\u00ae\u2000-\u27bf](?!\ufe0f)/u

/** Columns of a terminal that the text takes. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const { segment } of graphemes.segment(text)) columns += columnsOfGrapheme(segment)
  return columns
}

function columnsOfGrapheme(segment: string): number {
  return WIDE.test(segment) && !NARROW.test(segment) ? 2 : 1
}

/** The text if it takes at most `columns`, else its beginning with an ellipsis that takes the last one. */
export function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  let beginning = ''
  let used = 1
  for (const { segment } of graphemes.segment(text)) {
    used += columnsOfGrapheme(segment)
    if (used > columns) break
    beginning += segment
  }
  return `${beginning}…`
}

/** The text in exactly `columns`: cut, or with spaces behind it. */
export function fit(text: string, columns: number): string {
  const shown = cut(text, columns)
  return shown + ' '.repeat(columns - columnsOf(shown))
}

/**
 * Cuts text into lines of at most `columns`, at spaces where it can; lines behind the first are indented.
 *
 * @param columns more than `indent`
 */
export function wrap(text: string, columns: number, indent: number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = lines.length === 0 ? '' : ' '.repeat(indent)
    let used = columnsOf(line)
    for (const word of paragraph.split(/(?<= )/)) {
      const width = columnsOf(word.trimEnd())
      if (used + width > columns && used > indent) {
        lines.push(line.trimEnd())
        line = ' '.repeat(indent)
        used = indent
      }
      for (const { segment } of graphemes.segment(word)) {
        const wide = columnsOfGrapheme(segment)
        if (used + wide > columns) {
          if (segment === ' ') continue
          lines.push(line)
          line = ' '.repeat(indent)
          used = indent
        }
        line += segment
        used += wide
      }
    }
    lines.push(line.trimEnd())
  }
  return lines
}
