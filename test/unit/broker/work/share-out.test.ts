import { describe, expect, it } from 'vitest'
import { shareOut } from '../../../../broker/work/share-out.ts'

const node = (name: string, ...workers: string[]) => ({ node: name, workers })

describe('sharing out partitions', () => {
  it('gives nothing while there are no workers', () => {
    expect(shareOut([])).toEqual([])
    expect(shareOut([node('a'), node('b')])).toEqual([])
  })

  it('gives all partitions to the only worker', () => {
    const owners = shareOut([node('a', 'w/1'), node('b')])
    expect(owners).toHaveLength(256)
    expect(new Set(owners.map((owner) => `${owner.node} ${owner.worker}`))).toEqual(new Set(['a w/1']))
  })

  it('gives each of several workers a fair share, wherever they are', () => {
    const owners = shareOut([node('a', 'w/1', 'w/2'), node('b', 'w/3', 'w/4')])
    for (const worker of ['w/1', 'w/2', 'w/3', 'w/4']) {
      const share = owners.filter((owner) => owner.worker === worker).length
      expect(share).toBeGreaterThan(40)
      expect(share).toBeLessThan(90)
    }
  })

  it('moves only the share of the worker that joins or leaves (G7)', () => {
    const three = shareOut([node('a', 'w/1', 'w/2'), node('b', 'w/3')])
    const two = shareOut([node('a', 'w/1'), node('b', 'w/3')])
    three.forEach((owner, partition) => {
      if (owner.worker !== 'w/2') expect(two[partition]).toEqual(owner)
    })
  })
})
