// During an upgrade older workers run on a newer schema: what may a migration do?
import { expect, test } from 'vitest'
import { filesOf, read } from './tree.ts'

/** What would make a statement of an older program fail, or lose what it writes. */
function harms(source: string): string[] {
  const sql = source
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .toLowerCase()
  const found: string[] = []
  for (const [column] of sql.matchAll(/\badd column\b(?:[^,`(]|\([^)]*\))*/g))
    if (/\bnot null\b|\bprimary key\b/.test(column) && !/\bdefault\b|\bgenerated\b/.test(column))
      found.push(`${column.trim()}: neither nullable nor with a default`)
  const taken =
    /\b(?:drop (?:table|column|default)|rename (?:to|column)|set not null|alter column \S+ (?:set data )?type|add (?:constraint|unique|check|foreign|primary)|create unique index)\b/g
  for (const [what] of sql.matchAll(taken)) found.push(`${what}: what older programs write may be refused`)
  return found
}

test('a migration only adds: columns are nullable or have a default, nothing that is there becomes stricter', () => {
  const files = filesOf('workers/directory/migrations')
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) expect(harms(read(file)), file).toEqual([])
})

test('the rule sees what it is about', () => {
  const harmless = [
    'create table topics (name text not null)',
    'alter table chats add column kind smallint not null default 0',
    "alter table chats add column about text, add column tags text[] not null default array['a', 'b']",
    'create index chats_by_kind on chats (kind)',
  ]
  const harmful = [
    'alter table chats add column kind smallint not null',
    'alter table chats add column kind numeric(10, 2) not null, add column about text',
    'alter table chats add column about text, add column kind smallint\n  not null',
    'alter table chats drop column name',
    'alter table chats rename column name to title',
    'alter table chats alter column name set not null',
    'alter table chats alter column last_seq type integer',
    'alter table chats alter column name drop default',
    'alter table members add constraint roles check (role < 3)',
    'create unique index names on chats (name)',
  ]
  for (const statement of harmless) expect(harms(statement), statement).toEqual([])
  for (const statement of harmful) expect(harms(statement), statement).toHaveLength(1)
})
