import type { Screen } from '../../../../clients/cli/terminal/screen.ts'

/** What a person would see, without a terminal. */
export class Paper {
  readonly lines: string[] = []
  title = ''
  prompt = ''
  onInput: (line: string) => void = () => {}
  onQuit: () => void = () => {}
  onTyping: () => void = () => {}

  get asScreen(): Screen {
    return this as unknown as Screen
  }
  /** What people said, without the time. */
  get said(): string[] {
    return this.lines.filter((line) => /^\d\d:\d\d /.test(line)).map((line) => line.slice(6))
  }

  setTitle(title: string): void {
    this.title = title
  }
  setPrompt(prompt: string): void {
    this.prompt = prompt
  }
  print(line: string): { update(text: string): void } {
    const at = this.lines.push(line) - 1
    return { update: (changed) => (this.lines[at] = changed) }
  }
  clear(): void {
    this.lines.length = 0
  }
  close(): void {}
}
