// Are connections behind balancers and proxies known by their own addresses, and nobody else's word believed?
import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { bareToken, startBareBroker, type BareBroker } from '../../support/bare-broker.ts'
import { until } from '../../support/deadline.ts'
import { connectPacket } from '../../support/mqtt-packets.ts'
import { ipv6Body, ipv4Body, proxyV1, proxyV2 } from '../../support/proxy-headers.ts'
import { Random } from '../../support/random.ts'
import { RawClient } from '../../support/raw-client.ts'

const BALANCER = '127.0.0.2'
const REVERSE_PROXY = '127.0.0.3'
const ALICE = '198.51.100.7'
let bare: BareBroker
beforeEach(async () => {
  const stated = { proxyProtocolFrom: [BALANCER], forwardedForFrom: [REVERSE_PROXY] }
  // So that a second socket of an address says that it is one.
  bare = await startBareBroker({ unauthenticatedPerAddressMax: 1 }, stated)
})
afterEach(() => bare.stop())

const dropped = (limit: string): number => bare.metrics.read('broker_connections_dropped_total', limit)

async function from(localAddress: string, port = bare.port): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true })
  await once(socket, 'connect')
  return new RawClient(socket)
}

/** Is it served, behind what it sends first? */
async function expectServed(client: RawClient, ...before: Uint8Array[]): Promise<void> {
  const password = await bareToken('alice')
  const bytes = Buffer.concat([...before, connectPacket({ clientId: 'alice/phone', username: '', password })])
  client.send(bytes)
  expect((await client.expect('connack')).code).toBe(0)
}

const HEADERS: [string, Buffer][] = [
  ['version 1', proxyV1(ALICE)],
  ['version 1 with IPv6', proxyV1('2001:db8::7')],
  ['version 2', proxyV2()],
  ['version 2 with IPv6', proxyV2({ family: 0x21, body: ipv6Body([0x2001, 0xdb8, 0, 0, 0, 0, 0, 7]) })],
]

describe.each(HEADERS)('PROXY protocol %s', (_, header) => {
  test('is taken from a stated balancer, in one piece with CONNECT and byte by byte', async () => {
    await expectServed(await from(BALANCER), header)
    const slow = await from(BALANCER)
    for (const byte of header) {
      slow.send(Uint8Array.of(byte))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await expectServed(slow)
  })

  test('gives the limits of an address the client’s, not the balancer’s', async () => {
    const first = await from(BALANCER)
    first.send(header)
    await until(() => bare.metrics.read('broker_connections_accepted_total') === 1, 5_000, 'the first')
    const second = await from(BALANCER)
    second.send(header)
    await second.expectClosed()
    expect(dropped('address-unauthenticated')).toBe(1)
    await expectServed(await from(BALANCER), proxyV1('198.51.100.8'))
    expect(first.isClosed).toBe(false)
  })

  test('closes whoever is no stated balancer and speaks it', async () => {
    const stranger = await from('127.0.0.1')
    stranger.send(header)
    await stranger.expectClosed()
    const overHttp = await from('127.0.0.1', bare.httpPort)
    const closed = overHttp.expectClosed()
    overHttp.send(header, Buffer.from('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'))
    await closed
  })

  test('stands before HTTP and WebSocket, too', async () => {
    const answer = await request(BALANCER, header)
    expect(answer).toMatch(/^HTTP\/1.1 200 /)
    const socket = connect({ port: bare.httpPort, host: '127.0.0.1', localAddress: BALANCER })
    socket.write(header)
    const websocket = new WebSocket('ws://x/mqtt', ['mqtt'], { createConnection: () => socket })
    await once(websocket, 'open')
    await until(() => bare.metrics.read('broker_connections_accepted_total') === 1, 5_000, 'its wire')
    // The WebSocket has CONNECT before it: the place of its address is taken.
    const second = await from(BALANCER)
    second.send(header)
    await second.expectClosed()
    websocket.terminate()
  })
})

async function request(localAddress: string, ...before: Uint8Array[]): Promise<string> {
  const socket = connect({ port: bare.httpPort, host: '127.0.0.1', localAddress })
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
  socket.write(
    Buffer.concat([...before, Buffer.from('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')]),
  )
  await once(socket, 'close')
  return answer
}

describe('a stated balancer', () => {
  test('that does not speak it is closed, and counted', async () => {
    const client = await from(BALANCER)
    client.send(connectPacket({ clientId: 'alice/phone', username: '', password: await bareToken('alice') }))
    await client.expectClosed(5_000, 'connack')
    expect(dropped('proxy-header')).toBe(1)
    expect(bare.metrics.read('broker_connections_accepted_total')).toBe(0)
  })

  test('that says nothing, or half of it, is closed in time', async () => {
    const silent = await from(BALANCER)
    const half = await from(BALANCER)
    half.send(proxyV2().subarray(0, 20))
    await Promise.all([silent.expectClosed(15_000), half.expectClosed(15_000)])
    expect(dropped('proxy-header')).toBe(2)
  })

  test('speaks for itself when it looks whether the broker lives', async () => {
    const local = proxyV2({ command: 0x20, family: 0, body: Buffer.alloc(0) })
    expect(await request(BALANCER, local)).toMatch(/^HTTP\/1.1 200 /)
    expect(await request(BALANCER, Buffer.from('PROXY UNKNOWN\r\n'))).toMatch(/^HTTP\/1.1 200 /)
    expect(await request(BALANCER)).toBe('')
  })

  test('hurts nobody with what is truncated, too long or random (seed 41)', async () => {
    const random = new Random(41)
    const good = [
      proxyV1(ALICE),
      proxyV2(),
      proxyV2({ body: Buffer.concat([ipv4Body(), Buffer.alloc(300)]) }),
    ]
    for (let i = 0; i < 300; i++) {
      const bytes = Buffer.from(random.pick(good))
      for (let flips = random.between(0, 4); flips > 0; flips--)
        bytes[random.between(0, bytes.length)] = random.between(0, 256)
      const client = await from(BALANCER, random.chance(0.5) ? bare.port : bare.httpPort)
      client.send(bytes.subarray(0, random.between(0, bytes.length + 1)))
      if (random.chance(0.2)) client.send(Buffer.alloc(10_000, random.between(0, 256)))
      if (random.chance(0.3)) await new Promise((resolve) => setImmediate(resolve))
      client.cut()
    }
    await expectServed(await from(BALANCER), proxyV1(ALICE))
    await expectServed(await from('127.0.0.1'))
  })
})

describe('X-Forwarded-For', () => {
  const open = async (localAddress: string, forwardedFor: string): Promise<WebSocket> => {
    const websocket = new WebSocket(`ws://127.0.0.1:${bare.httpPort}/mqtt`, ['mqtt'], {
      localAddress,
      headers: { 'x-forwarded-for': forwardedFor },
    })
    await once(websocket, 'open')
    return websocket
  }

  test('of a stated proxy tells whose a WebSocket is; the end of it counts, what a client wrote in front does not', async () => {
    const first = await open(REVERSE_PROXY, `1.2.3.4, ${ALICE}`)
    const other = await open(REVERSE_PROXY, '198.51.100.8')
    const again = await open(REVERSE_PROXY, `5.6.7.8, ${ALICE}`)
    await once(again, 'close')
    expect(dropped('address-unauthenticated')).toBe(1)
    expect([first.readyState, other.readyState]).toEqual([WebSocket.OPEN, WebSocket.OPEN])
    for (const one of [first, other]) one.terminate()
  })

  test('of others is passed over', async () => {
    const first = await open('127.0.0.1', ALICE)
    // Its socket is one too many of that address, whatever it says.
    await expect(open('127.0.0.1', '198.51.100.8')).rejects.toThrow('socket hang up')
    expect(first.readyState).toBe(WebSocket.OPEN)
    first.terminate()
  })
})
