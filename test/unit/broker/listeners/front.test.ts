import { execFileSync } from 'node:child_process'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { Front } from '../../../../broker/listeners/front.ts'
import { Between } from '../../../../broker/listeners/intermediaries.ts'
import { Turn } from '../../../../kit/turn.ts'

let server: Server | undefined
afterEach(() => server?.close())

/** A client that resets each of its connections, all from one port, while nobody here can accept any. */
function resets(port: number, times: number): void {
  const script = `
    const { connect } = require('node:net')
    let left = ${times}, localPort
    const next = () => {
      if (left-- === 0) return
      const socket = connect({ port: ${port}, host: '127.0.0.1', localAddress: '127.0.0.1', localPort }, () => {
        localPort = socket.localPort
        socket.resetAndDestroy()
      })
      // Somebody else may have taken the port in between: then another.
      socket.on('error', () => (localPort = undefined))
      socket.on('close', next)
    }
    next()`
  execFileSync(process.execPath, ['-e', script])
}

test('G8 a socket that was reset before it was accepted leaves no count behind', async () => {
  let open = 0
  const sockets: Socket[] = []
  server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined).resume()
  })
  new Front(
    server,
    {
      between: new Between({ proxyProtocolFrom: [], forwardedForFrom: [] }),
      refused: () => undefined,
      turn: new Turn(() => undefined),
    },
    () => {
      open++
      return () => open--
    },
  )
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  resets((server.address() as AddressInfo).port, 20)
  while (sockets.length === 0 || sockets.some(({ closed }) => !closed))
    await new Promise((resolve) => setTimeout(resolve, 10))
  expect(open).toBe(0)
})
