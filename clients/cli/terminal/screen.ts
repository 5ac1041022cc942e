import { createInterface, type Interface } from 'node:readline'
import type { ReadStream, WriteStream } from 'node:tty'
import { columnsOf, cut, fit, wrap } from './text-width.ts'

/** A line that was shown and may change: a tick comes, a name becomes known. */
export interface ShownLine {
  update(text: string): void
}

const ALTERNATE_SCREEN_ON = '\u001b[?1049h'
const ALTERNATE_SCREEN_OFF = '\u001b[?1049l'
const HOME = '\u001b[H'
const CLEAR_LINE = '\u001b[K'
const CLEAR_BELOW = '\u001b[J'
const INVERSE = '\u001b[7m'
const PLAIN = '\u001b[0m'

/** Lines behind a message's first are indented to its text. */
const INDENT = 8
/** Lines that are kept; older ones scroll away for good. */
const LINES_MAX = 1_000
const COLUMNS_MIN = 20
/** Of a terminal that does not say how large it is. */
const COLUMNS_DEFAULT = 80
const ROWS_DEFAULT = 24

/**
 * A terminal with a title, lines that scroll, and an input line at the bottom. It is drawn as a whole whenever
 * something changes, at most once per turn of the event loop.
 */
export class Screen {
  onInput: (line: string) => void = () => {}
  /** Ctrl-C or Ctrl-D. */
  onQuit: () => void = () => {}
  /** A key that changed a line which is no command. */
  onTyping: () => void = () => {}
  readonly #input: ReadStream
  readonly #output: WriteStream
  readonly #readline: Interface
  #lines: { text: string }[] = []
  #title = ''
  #prompt = ''
  #isDrawPlanned = false
  #isClosed = false

  constructor(input: ReadStream, output: WriteStream) {
    this.#input = input
    this.#output = output
    output.write(ALTERNATE_SCREEN_ON)
    this.#readline = createInterface({ input, output, terminal: true })
    this.#readline.on('line', (line) => {
      this.onInput(line)
      this.#draw()
    })
    this.#readline.on('SIGINT', () => this.onQuit())
    this.#readline.on('close', () => this.onQuit())
    input.on('keypress', this.#onKey)
    output.on('resize', this.#onResize)
  }

  setTitle(title: string): void {
    this.#title = title
    this.#draw()
  }

  /** @param name is cut to leave room for what is typed; `> ` follows */
  setPrompt(name: string): void {
    this.#prompt = name
    this.#draw()
  }

  print(text: string): ShownLine {
    const line = { text }
    this.#lines.push(line)
    if (this.#lines.length > LINES_MAX) this.#lines.shift()
    this.#draw()
    return {
      update: (changed) => {
        line.text = changed
        this.#draw()
      },
    }
  }

  clear(): void {
    this.#lines = []
    this.#draw()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#input.off('keypress', this.#onKey)
    this.#output.off('resize', this.#onResize)
    this.#readline.close()
    this.#output.write(ALTERNATE_SCREEN_OFF)
  }

  readonly #onKey = (): void => {
    const { line } = this.#readline
    if (line !== '' && !line.startsWith('/')) this.onTyping()
  }
  readonly #onResize = (): void => this.#draw()

  #draw(): void {
    if (this.#isDrawPlanned) return
    this.#isDrawPlanned = true
    setImmediate(() => {
      this.#isDrawPlanned = false
      if (!this.#isClosed) this.#drawNow()
    })
  }

  #drawNow(): void {
    const columns = Math.max(this.#output.columns || COLUMNS_DEFAULT, COLUMNS_MIN)
    const rows = this.#output.rows || ROWS_DEFAULT
    this.#readline.setPrompt(`${cut(this.#prompt, Math.floor(columns / 3))}> `)
    const input = columnsOf(this.#readline.getPrompt() + this.#readline.line)
    const inputRows = Math.floor(input / columns) + 1
    const bodyRows = Math.max(rows - 1 - inputRows, 0)
    const body = this.#lastRows(columns, bodyRows)
    const title = fit(` ${this.#title}`, columns)
    let drawing = HOME + INVERSE + title + PLAIN + CLEAR_LINE
    for (let i = 0; i < bodyRows; i++) drawing += `\r\n${body[i - bodyRows + body.length] ?? ''}${CLEAR_LINE}`
    // readline moves up from the row of its cursor to the row where its prompt stands, and draws from there.
    drawing += `\u001b[${rows - inputRows + 1 + this.#readline.getCursorPos().rows};1H${CLEAR_BELOW}`
    this.#output.write(drawing)
    this.#readline.prompt(true)
  }

  #lastRows(columns: number, rows: number): string[] {
    const wrapped: string[][] = []
    let count = 0
    for (let i = this.#lines.length - 1; i >= 0 && count < rows; i--) {
      const lines = wrap(this.#lines[i]?.text ?? '', columns, INDENT)
      wrapped.unshift(lines)
      count += lines.length
    }
    return wrapped.flat().slice(-rows)
  }
}
