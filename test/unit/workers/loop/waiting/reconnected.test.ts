// What of a connection's last frame is still under way when the worker has connected again?
import { describe, expect, it } from 'vitest'
import { until } from '../../../../support/deadline.ts'
import { group, type Office } from '../../office.ts'
import { answers, away, goOn, hello } from './waiting-office.ts'

/** The directory's next answer about users waits until it is let go. */
function holdNextAnswer(office: Office): () => void {
  const { directory } = office
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => (letGo = resolve))
  const existing = directory.existing.bind(directory)
  directory.existing = async (users) => {
    directory.existing = existing
    const found = await existing(users)
    await held
    return found
  }
  return letGo
}

describe('a frame that was waiting for the directory when its connection ended', () => {
  it('takes nothing of what the next connection has to decide: that is decided once, and committed (G4, G7)', async () => {
    const office = await away()
    hello(office, 3)
    await office.round()
    office.directory.isAway = false
    office.uptimeMs += 11_000
    const letGo = holdNextAnswer(office)
    office.up('ann', group(8), { create: { clientSeq: 4, name: 'x', members: ['eve'] } })
    const left = office.loop.handle(office.work())
    office.reconnect()
    // What waits comes with the new lease, then the states of its chats, and the directory answers about it.
    await office.round()
    await goOn(office, 2)
    await office.loop.lookAtParked()
    letGo()
    const late = await left
    office.idle()
    expect(answers(office).sort()).toEqual(['3→1', '4→1'])
    expect([office.texts('dan'), office.parked()]).toEqual([['3'], []])
    hello(office, 5)
    await office.round()
    expect(answers(office).at(-1)).toBe('5→2')
    office.takeOver()
    hello(office, 6)
    await office.round()
    expect([answers(office).at(-1), office.texts('dan')]).toEqual(['6→3', ['3', '5', '6']])
    expect(late).toBeUndefined()
  })

  it('is not answered, and its entries are applied under the new lease, once', async () => {
    const office = await away()
    office.directory.isAway = false
    office.uptimeMs += 11_000
    const letGo = holdNextAnswer(office)
    office.up('ann', group(8), { create: { clientSeq: 4, name: 'x', members: ['eve'] } })
    const left = office.loop.handle(office.work())
    office.reconnect()
    await office.round()
    letGo()
    expect(await left).toBeUndefined()
    expect(answers(office)).toEqual(['4→1'])
  })
})

it('what was to be noted under a lease that is gone is not looked at again and again: the worker goes on (G8)', async () => {
  const office = await away()
  hello(office, 3)
  await office.round()
  office.reconnect()
  office.directory.isAway = false
  office.uptimeMs += 11_000
  await office.round()
  for (let seconds = 0; seconds < 5 && !office.loop.isReady; seconds++) {
    office.uptimeMs += 1_000
    await office.loop.lookAtParked()
    if (!office.loop.isReady) {
      office.idle()
      await office.round()
    }
  }
  expect(office.loop.isReady).toBe(true)
  office.reconnect()
  office.idle()
  expect([office.loop.lookAtParked(), office.loop.isReady]).toEqual([undefined, false])
  await office.round()
  await goOn(office)
  expect([answers(office), office.parked()]).toEqual([['3→1'], []])
})

it('facts that could not be had are asked for again: what waits does not wait for ever', async () => {
  const office = await away()
  hello(office, 3)
  await office.round()
  office.directory.isAway = false
  office.uptimeMs += 11_000
  // As a mistake of ours would: the directory itself never makes it reject.
  const { uptimeMs } = office
  let looks = 0
  Object.defineProperty(office, 'uptimeMs', {
    configurable: true,
    get: () => {
      // The first two looks are whether it is time to ask, and from when on it is again.
      if (++looks <= 2) return uptimeMs
      Object.defineProperty(office, 'uptimeMs', { value: uptimeMs, writable: true })
      throw new Error('a mistake')
    },
  })
  await office.resume()
  expect([answers(office), looks]).toEqual([[], 3])
  const isDecided = async (): Promise<boolean> => {
    office.uptimeMs += 1_000
    await office.resume()
    return answers(office).length > 0
  }
  await until(isDecided, 5_000, 'an answer')
  expect(answers(office)).toEqual(['3→1'])
})
