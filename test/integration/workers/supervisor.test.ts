import { afterEach, describe, expect, it } from 'vitest'
import { createLog } from '../../../kit/log.ts'
import type { DeviceId } from '../../../proto/ids.ts'
import { Supervisor } from '../../../workers/loop/thread/supervisor.ts'
import { until } from '../../support/deadline.ts'

/** A thread that beats, answers, and does what `life` says. Each life of it counts one up in `lives`. */
function thread(life: string, lives: SharedArrayBuffer, hangMsMax = 1_000): Supervisor {
  const code = `
    import { parentPort, workerData } from 'node:worker_threads'
    const { beats, logScope } = workerData
    const heart = setInterval(() => Atomics.add(new Int32Array(beats), 0, 1), 50)
    const life = Atomics.add(new Int32Array(logScope.lives), 0, 1)
    parentPort.on('message', ({ kind }) => {
      if (kind === 'metrics') parentPort.postMessage({ kind: 'metrics', text: 'life ' + life })
      else { clearInterval(heart); parentPort.close() }
    })
    parentPort.postMessage({ kind: 'status', isConnected: true, isDirectoryAway: false })
    ${life}
  `
  return new Supervisor(
    {
      brokerUrl: 'mqtt://127.0.0.1:1',
      token: { kind: 'token', token: '' },
      name: 'worker' as DeviceId,
      database: { url: '', connectionsMax: 1 },
      limits: {
        groupMembersMax: 2,
        recipientsPerMinMax: 1,
        recipientBytesPerSMax: 1,
        recipientsBurstS: 1,
        chatsPerDayMax: 1,
        chatsPerUserMax: 1,
        cachedFieldsMax: 1,
        knownUsersMax: 1,
        unknownUsersPerHourMax: 1,
        hangMsMax,
        heapMbMax: 64,
      },
      logLevel: 'silent',
      logScope: { lives },
    },
    createLog('silent'),
    new URL(`data:text/javascript,${encodeURIComponent(code)}`),
  )
}

describe('the supervisor of the step’s thread', () => {
  let supervisor: Supervisor
  const lives = (): { count: () => number; buffer: SharedArrayBuffer } => {
    const buffer = new SharedArrayBuffer(4)
    return { buffer, count: () => Atomics.load(new Int32Array(buffer), 0) }
  }
  afterEach(() => supervisor.stop(1_000))

  it('starts a new thread when one hangs, and ends the old one', async () => {
    const { buffer, count } = lives()
    supervisor = thread('if (life === 0) setTimeout(() => { for (;;); }, 200)', buffer)
    supervisor.start()
    await until(() => count() === 2, 20_000, 'a second thread')
    await until(() => supervisor.status.isConnected, 5_000, 'its status')
    expect(await supervisor.metrics()).toBe('life 1')
  })

  it('starts a new thread when one fails, and is unconnected meanwhile', async () => {
    const { buffer, count } = lives()
    supervisor = thread('if (life < 2) setTimeout(() => { throw new Error("boom") }, 100)', buffer)
    supervisor.start()
    await until(() => count() === 3, 20_000, 'a third thread')
  })

  it('starts a new thread when one needs more memory than it may have, and the process goes on', async () => {
    const { buffer, count } = lives()
    const hoard = 'const all = []; for (;;) all.push(new Array(1000).fill({}))'
    supervisor = thread(`if (life === 0) setTimeout(() => { ${hoard} }, 50)`, buffer, 600_000)
    const before = process.memoryUsage().rss
    let most = before
    supervisor.start()
    const look = (): boolean => {
      most = Math.max(most, process.memoryUsage().rss)
      return count() === 2
    }
    await until(look, 60_000, 'a second thread')
    await until(() => supervisor.status.isConnected, 20_000, 'its status')
    expect((most - before) / 1024 / 1024).toBeLessThan(512)
  })

  it('leaves a thread alone that beats, and stops it in order', async () => {
    const { buffer, count } = lives()
    supervisor = thread('', buffer)
    supervisor.start()
    await until(() => supervisor.status.isConnected, 5_000, 'its status')
    expect(await supervisor.metrics()).toBe('life 0')
    await supervisor.stop(1_000)
    expect(count()).toBe(1)
    expect(await supervisor.metrics()).toBe('')
  })

  it('ends a thread that does not stop in time', async () => {
    const { buffer, count } = lives()
    supervisor = thread(
      'parentPort.removeAllListeners("message"); parentPort.on("message", () => {})',
      buffer,
    )
    supervisor.start()
    await until(() => supervisor.status.isConnected, 5_000, 'its status')
    await supervisor.stop(200)
    expect(count()).toBe(1)
  })
})
