import { expect, test } from 'vitest'
import { Turn } from '../../../../kit/turn.ts'
import { Wire, type Transport } from '../../../../broker/listeners/wire.ts'

const MARK = 64 * 1024

class Recorder implements Transport {
  readonly sent: string[] = []
  takes = true
  paused = 0
  resumed = 0
  isEnded = false
  send(bytes: Uint8Array): boolean {
    this.sent.push(Buffer.from(bytes).toString('latin1'))
    return this.takes
  }
  pause(): void {
    this.paused++
  }
  resume(): void {
    this.resumed++
  }
  end(): void {
    this.isEnded = true
  }
}

const bytes = (text: string) => Buffer.from(text, 'latin1')
const failures: unknown[] = []
const wires = new Turn((error) => failures.push(error))
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what is written in one turn leaves in one piece, in order, whoever wrote it', async () => {
  const transport = new Recorder()
  const wire = new Wire(transport, '', wires)
  wire.queue(bytes('a'))
  wire.cork()
  wire.write(bytes('b'))
  wire.write(bytes('c'))
  process.nextTick(() => wire.uncork())
  await Promise.resolve()
  await new Promise<void>((resolve) => process.nextTick(resolve))
  wire.queue(bytes('d'))
  expect(transport.sent).toEqual([])
  await turn()
  expect(transport.sent).toEqual(['abcd'])
})

test('a socket that cannot be written to ends alone: the others of its turn are flushed', async () => {
  const broken = new Recorder()
  const error = new Error('a mistake')
  broken.send = () => {
    throw error
  }
  const whole = new Recorder()
  const first = new Wire(broken, '', wires)
  first.on('error', () => undefined)
  first.queue(bytes('a'))
  new Wire(whole, '', wires).queue(bytes('b'))
  await turn()
  expect(failures).toEqual([error])
  expect(whole.sent).toEqual(['b'])
  expect(first.destroyed).toBe(true)
  expect(broken.isEnded).toBe(true)
})

test('above the mark it says so, and calls back when the socket has drained', async () => {
  const transport = new Recorder()
  const wire = new Wire(transport, '', wires)
  transport.takes = false
  expect(wire.queue(bytes('x'.repeat(MARK - 1)))).toBe(true)
  expect(wire.queue(bytes('x'))).toBe(false)
  const drained: string[] = []
  wire.onceDrained(() => drained.push('first'))
  await turn()
  expect(drained).toEqual([])
  transport.takes = true
  wire.drained()
  expect(drained).toEqual(['first'])
  expect(wire.queue(bytes('y'))).toBe(true)
})

test('a socket that takes all of it drains at the end of the turn', async () => {
  const wire = new Wire(new Recorder(), '', wires)
  wire.queue(bytes('x'.repeat(MARK)))
  let isDrained = false
  wire.onceDrained(() => (isDrained = true))
  await turn()
  expect(isDrained).toBe(true)
})

test('destroying sends what was written before, ends the transport, and lets go who waits', async () => {
  const transport = new Recorder()
  const wire = new Wire(transport, '', wires)
  wire.queue(bytes('last words'))
  let isLetGo = false
  wire.onceDrained(() => (isLetGo = true))
  wire.destroy()
  wire.queue(bytes('too late'))
  await turn()
  expect(transport.sent).toEqual(['last words'])
  expect([transport.isEnded, isLetGo]).toEqual([true, true])
})

test('while it is held nothing is handed on, for any reason there is; then all of it, in order', async () => {
  const transport = new Recorder()
  const wire = new Wire(transport, '', wires)
  wire.on('readable', () => undefined)
  await turn()
  wire.hold('connecting')
  wire.hold('backlog')
  wire.hold('backlog')
  wire.receive(bytes('a'))
  wire.receive(bytes('b'))
  wire.release('connecting')
  expect(wire.read() as Buffer | null).toBe(null)
  wire.release('backlog')
  expect((wire.read() as Buffer).toString()).toBe('ab')
  expect(transport.paused).toBe(1)
})

test('a reader that is behind pauses the socket', async () => {
  const transport = new Recorder()
  const wire = new Wire(transport, '', wires)
  wire.receive(bytes('x'.repeat(MARK)))
  expect(transport.paused).toBe(1)
  wire.read()
  await turn()
  expect(transport.resumed).toBeGreaterThan(0)
})
