import { EventEmitter } from 'node:events'
import type { MqttClient } from 'mqtt'
import { expect, test, vi } from 'vitest'
import { createLog } from '../../../../kit/log.ts'
import type { DeviceId } from '../../../../proto/ids.ts'
import { Link, type LinkParts } from '../../../../workers/loop/link.ts'
import { WorkerMetrics } from '../../../../workers/metrics.ts'
import { until } from '../../../support/deadline.ts'

const TOKEN = { kind: 'token', token: `.${Buffer.from('{"sub":"worker"}').toString('base64url')}.` } as const

/** Whatever it is asked for, it has nothing to say. */
const SAYS_NOTHING = {
  get: (target: object, name: string): unknown => Reflect.get(target, name) ?? (() => undefined),
}

/** A connection that the test plays. */
class PlayedMqtt extends EventEmitter {
  readonly stream = {}
  readonly pubacks: (() => void)[] = []

  subscribe(_filter: string, _options: unknown, done: (error: null, granted: []) => void): void {
    done(null, [])
  }
  publish(_topic: string, _payload: unknown, _options: unknown, done?: () => void): void {
    if (done) this.pubacks.push(done)
  }
  end(): void {}
}

test('a broker that never answers the SUBSCRIBE is left, and tried again', async () => {
  vi.useFakeTimers()
  try {
    const opened: PlayedMqtt[] = []
    const link = new Link({
      open: () => {
        const mqtt = new PlayedMqtt()
        if (opened.length === 0) mqtt.subscribe = () => undefined
        opened.push(mqtt)
        return mqtt as unknown as MqttClient
      },
      token: TOKEN,
      name: 'w' as DeviceId,
      loop: new Proxy({ partitions: [] }, SAYS_NOTHING) as unknown as LinkParts['loop'],
      copy: new Proxy({}, SAYS_NOTHING) as unknown as LinkParts['copy'],
      canCopy: () => false,
      metrics: new WorkerMetrics(),
      log: createLog('silent'),
    })
    link.start()
    opened[0]?.emit('connect')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(opened.length).toBe(2)
    opened[1]?.emit('connect')
    expect(link.isWorking).toBe(true)
    await vi.advanceTimersByTimeAsync(900)
    expect([opened.length, link.isWorking]).toEqual([2, true])
    await link.stop(0)
  } finally {
    vi.useRealTimers()
  }
})

test('a worker is woken once after its work, every second while something waits, and then no more', async () => {
  vi.useFakeTimers()
  try {
    const mqtt = new PlayedMqtt()
    let looks = 0
    const loop = {
      partitions: [],
      handle: () => Promise.resolve(undefined),
      lookAtParked: () => void looks++,
      lookAtPages: () => undefined,
      isReady: false,
      isAtRest: false,
      settled: () => undefined,
      idle: () => undefined,
      forgetAll: () => undefined,
    }
    const link = new Link({
      open: () => mqtt as unknown as MqttClient,
      token: TOKEN,
      name: 'w' as DeviceId,
      loop: loop as unknown as LinkParts['loop'],
      copy: new Proxy({}, SAYS_NOTHING) as unknown as LinkParts['copy'],
      canCopy: () => true,
      metrics: new WorkerMetrics(),
      log: createLog('silent'),
    })
    link.start()
    mqtt.emit('connect')
    const timers = vi.getTimerCount()
    mqtt.emit('message', 'g', Buffer.from('a batch'))
    await vi.advanceTimersByTimeAsync(3_100)
    expect(looks).toBe(3)
    loop.isAtRest = true
    await vi.advanceTimersByTimeAsync(60_000)
    expect([looks, vi.getTimerCount()]).toEqual([4, timers])
    await link.stop(0)
  } finally {
    vi.useRealTimers()
  }
})

test('G7: a PUBACK counts when all that came before it is carried out: what was refused is forgotten by then', async () => {
  const mqtt = new PlayedMqtt()
  const partition = { unsettled: 1 }
  const fanout = { finish: () => ({}), partitions: [partition], next: undefined }
  let answer = (): void => undefined
  const directory = new Promise<undefined>((resolve) => (answer = () => resolve(undefined)))
  const said: string[] = []
  const loop = {
    partitions: [],
    handle: async (frame: Uint8Array) => {
      said.push(frame.toString())
      return frame.toString() === 'a batch' ? fanout : directory
    },
    lookAtParked: () => undefined,
    lookAtPages: () => undefined,
    isReady: false,
    forgetAll: () => undefined,
  }
  const link = new Link({
    open: () => mqtt as unknown as MqttClient,
    token: TOKEN,
    name: 'w' as DeviceId,
    loop: loop as unknown as LinkParts['loop'],
    copy: { poke: () => said.push(`copy, ${partition.unsettled} unsettled`) } as unknown as LinkParts['copy'],
    canCopy: () => true,
    metrics: new WorkerMetrics(),
    log: createLog('silent'),
  })
  link.start()
  mqtt.emit('connect')
  mqtt.emit('message', 'g', Buffer.from('a batch'))
  await until(() => mqtt.pubacks.length === 1, 3_000, 'the Fanout')
  mqtt.emit('message', 'g', Buffer.from('what waits for the directory'))
  mqtt.emit('message', 'g', Buffer.from('what is refused'))
  mqtt.pubacks[0]?.()
  expect(partition.unsettled).toBe(1)
  answer()
  await until(() => partition.unsettled === 0, 3_000, 'the PUBACK to count')
  expect(said).toEqual(['a batch', 'what waits for the directory', 'what is refused', 'copy, 0 unsettled'])
  await link.stop(0)
})
