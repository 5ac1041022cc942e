import { describe, expect, test } from 'vitest'
import { readBytes, readLines, readText, type Line } from '../../../../clients/cli/io/stdin.ts'

const BYTES_MAX = 16

/** The bytes in chunks of that many. */
async function* chunks(bytes: Buffer, step: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step)
}
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const steps = [1, 2, 3, 100]

describe('a text', () => {
  test.each([
    ['hello', 'hello'],
    ['two\nlines\n', 'two\nlines'],
    ['dos\r\n', 'dos'],
    ['\ufeffmarked', 'marked'],
    ['a\ufeffb', 'a\ufeffb'],
    ['żółw 😀', 'żółw 😀'],
    ['', ''],
  ])('%j reads %j, however it is cut', async (input, text) => {
    for (const step of steps) expect(await readText(chunks(Buffer.from(input), step), BYTES_MAX)).toBe(text)
  })

  test('what is not UTF-8 is refused by its line', async () => {
    const read = (input: string): Promise<string> => readText(chunks(latin1(input), 3), BYTES_MAX)
    await expect(read('one\ntwo\ncaf\xe9\n')).rejects.toThrow(/line 3 of stdin is not UTF-8: --body/)
    await expect(read('\xff')).rejects.toThrow(/line 1 of stdin/)
    // Half an emoji, as some programs write it.
    await expect(read('\xed\xa0\xbd')).rejects.toThrow(/line 1 of stdin/)
  })

  test('it is as long as the limit, and not longer (G8)', async () => {
    const read = (length: number, around = ''): Promise<string> =>
      readText(chunks(Buffer.from(`\ufeff${'x'.repeat(length)}${around}`), 5), BYTES_MAX)
    expect(await read(BYTES_MAX, '\r\n')).toBe('x'.repeat(BYTES_MAX))
    await expect(read(BYTES_MAX + 1)).rejects.toThrow(/stdin is larger than 16 bytes/)
    await expect(read(1_000)).rejects.toThrow(/stdin is larger than 16 bytes/)
  })
})

test('bytes are taken as they are, up to the limit (G8)', async () => {
  const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0x0a])
  expect(await readBytes(chunks(bytes, 2), 5)).toEqual(bytes)
  await expect(readBytes(chunks(bytes, 2), 4)).rejects.toThrow(/larger than 4 bytes/)
})

describe('lines', () => {
  async function lines(input: Buffer, step: number): Promise<(string | RegExp)[]> {
    const read: Line[] = []
    for await (const line of readLines(chunks(input, step), BYTES_MAX)) read.push(line)
    return read.map((line) => ('text' in line ? line.text : `! ${line.problem}`))
  }

  test('each is one text, however they are cut; empty ones are none', async () => {
    const input = Buffer.from('\ufeffone\r\n\n żółw \n\r\n\ufefflast')
    for (const step of steps) expect(await lines(input, step)).toEqual(['one', ' żółw ', '\ufefflast'])
  })

  test('one that is no text is told with its number, and the next ones follow', async () => {
    const input = Buffer.concat([latin1('one\ncaf\xe9\n\n'), Buffer.from(`${'x'.repeat(100)}\nfive`)])
    for (const step of steps) {
      expect(await lines(input, step)).toEqual([
        'one',
        '! line 2 of stdin is not UTF-8: --body sends bytes as they are.',
        '! line 4 is larger than 16 bytes, the most that one message may have.',
        'five',
      ])
    }
  })

  test('it is as long as the limit, and not longer (G8)', async () => {
    const full = 'x'.repeat(BYTES_MAX)
    for (const step of steps) {
      expect(await lines(Buffer.from(`\ufeff${full}\r\n${full}\r\n`), step)).toEqual([full, full])
      expect(await lines(Buffer.from(`\ufeff${full}x\r\n${full}x`), step)).toEqual([
        expect.stringMatching(/^! line 1 is larger/),
        expect.stringMatching(/^! line 2 is larger/),
      ])
    }
  })
})
