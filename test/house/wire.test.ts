import { describe, expect, it } from 'vitest'
import { readBrokerConfig } from '../../broker/config.ts'
import { Settings } from '../../kit/settings.ts'
import { decodeDown, decodeUp, encodeDown, encodeUp } from '../../proto/codec.ts'
import { ERRORS } from '../../proto/errors.ts'
import { directChatId, chatBytesOf, type UserId } from '../../proto/ids.ts'
import * as limits from '../../proto/limits.ts'
import { vectors } from '../support/vectors.ts'
import { read, tableRows } from './tree.ts'

const page = read('docs/wire.md')
/** What stands in code spans. */
const code = [...page.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]).join('\n')
const section = (title: string): string => {
  const from = page.indexOf(`\n## ${title}\n`)
  expect(from, title).toBeGreaterThan(0)
  const to = page.indexOf('\n## ', from + 1)
  return page.slice(from, to < 0 ? undefined : to)
}
const hexIn = (row: readonly string[]): string => /`([0-9a-f]+)`/.exec(row[1] ?? '')?.[1] ?? ''

describe('docs/wire.md', () => {
  it.each(['up', 'request', 'down'])('names every field of %s.proto', (name) => {
    const fields = [...read(`proto/${name}.proto`).matchAll(/\b(\w+) = \d+;/g)].map(
      (match) => match[1] as string,
    )
    const named = fields.filter((field) => !field.startsWith('ROLE_'))
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((field) => !new RegExp(`\\b${field}\\b`).test(code))).toEqual([])
  })

  it('has the errors of the catalogue, each with what to do', () => {
    const rows = tableRows(section('Errors')).filter(([code]) => /^\d+$/.test(code ?? ''))
    expect(rows.map(([code, name]) => `${code} ${name}`)).toEqual(
      ERRORS.map(({ code, name }) => `${code} \`${name}\``),
    )
    for (const [code, , what] of rows) expect(what?.length, code).toBeGreaterThan(5)
  })

  it('has the limits of today (G8)', () => {
    const config = readBrokerConfig(new Settings({}))
    const { connections, mailboxes, node } = config
    const n = (value: number): string => value.toLocaleString('en')
    const kib = (bytes: number): string => `${bytes / 1024} KiB`
    const cells = tableRows(section('Limits')).map(([, limit]) => limit)
    expect(cells).toEqual([
      `${kib(limits.DEVICE_PACKET_BYTES_MAX)}; CONNECT, SUBSCRIBE, UNSUBSCRIBE 8 KiB`,
      kib(limits.UP_BYTES_MAX),
      `${n(limits.TEXT_BYTES_MAX)} bytes each`,
      `${limits.CONTENT_TYPE_CHARS_MAX}; ${limits.CHAT_NAME_CHARS_MAX}`,
      `${n(limits.GROUP_MEMBERS_MAX)}, a setting`,
      `${mailboxes.devicesPerUserMax}, a setting`,
      `${connections.filtersMax}, a setting`,
      `${limits.REPEATS_REMEMBERED_MAX} by rule 4`,
      `${node.laneFramesMax}, ${kib(node.laneBytesMax)}, settings`,
      `${node.ackTimeoutMs / 1000} s, a setting`,
      `${connections.connectionsPerUserMax}, a setting`,
      `${n(connections.publishesPerSMax)} and ${connections.publishBytesPerSMax / 2 ** 20} MiB a second; ${n(connections.packetsPerSMax)} a second; settings`,
      `${mailboxes.retentionMs / 86_400_000} days, ${n(mailboxes.userEntriesMax)} entries, ${mailboxes.userBytesMax / 2 ** 20} MiB, settings; ${mailboxes.strangersPercentMax} % of that for chats in which the user has done nothing yet`,
      '2⁵³ − 1',
    ])
    expect(limits.TEXT_BYTES_MAX).toBe(limits.BODY_BYTES_MAX)
    expect(page).toContain(`1 to ${limits.USER_ID_CHARS_MAX} of`)
    expect(page).toContain(`the same with 1 to ${limits.DEVICE_ID_CHARS_MAX}`)
    expect(page).toContain(`(0: ${limits.CHAT_PAGE_MAX}, the most)`)
    expect(page).toContain(
      `more than ${n(connections.keepAliveSMax)} counts as ${n(connections.keepAliveSMax)}`,
    )
    expect(page).toContain(`come within ${connections.connectTimeoutMs / 1000} seconds`)
  })

  it('computes a direct chat as the vectors do', () => {
    const { directChats } = vectors<{ directChats: { users: string[]; input: string; sha256: string }[] }>(
      'ids',
    )
    const vector = directChats.find(({ users }) => users.join() === 'bob,alice')
    const id = directChatId('bob' as UserId, 'alice' as UserId)
    const rows = new Map(tableRows(section('Ids and topics')).map(([step, value]) => [step, value]))
    expect(rows.get('input')?.replaceAll(/[` ]/g, '')).toBe(vector?.input)
    expect(rows.get('SHA-256')).toBe(`\`${vector?.sha256}\``)
    expect(rows.get('in topics')).toBe(`\`${id}\``)
    expect(rows.get('first byte \\| `0x80`')).toBe(`\`${Buffer.from(chatBytesOf(id)).toString('hex')}\``)
  })

  it('shows frames that mean what it says', () => {
    const rows = tableRows(section('Frames'))
    const up = decodeUp(Buffer.from(hexIn(rows[0] as string[]), 'hex'))
    expect(up.message).toMatchObject({ clientSeq: 1_700_000_000_000, text: 'hello', peer: 'bob' })
    const down = decodeDown(Buffer.from(hexIn(rows[2] as string[]), 'hex'))
    expect(down.messages).toMatchObject([
      { seq: 1, sentAtS: 1_700_000_001, text: 'hello', directMembers: ['alice', 'bob'] },
    ])
    const answer = decodeDown(Buffer.from(hexIn(rows[4] as string[]), 'hex'))
    expect(answer.accepted).toMatchObject([{ clientSeq: 1_700_000_000_000, seq: 1 }])
    expect(answer.receipts).toMatchObject([{ delivered: 1 }])
    const again = [encodeUp(up), encodeDown(down), encodeDown(answer)].map((bytes) =>
      Buffer.from(bytes).toString('hex'),
    )
    expect(again).toEqual([0, 2, 4].map((n) => hexIn(rows[n] as string[])))
    for (const n of [1, 3, 5]) expect(rows[n]?.[0]).toMatch(/^=/)
  })

  it('links to sections that it has', () => {
    const anchors = [...page.matchAll(/^#+ (.+)$/gm)].map((match) =>
      (match[1] as string)
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    )
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1] as string)
    expect(links.length).toBeGreaterThan(10)
    expect(links.filter((link) => !anchors.includes(link))).toEqual([])
  })
})
