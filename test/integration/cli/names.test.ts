// Does a message go to whom its sender means, whatever strangers call their groups?
import { afterEach, expect, test } from 'vitest'
import { connect, type Client, type Group } from '../../../clients/index.ts'
import { useCli } from '../../support/cli-run.ts'

const use = useCli()
const ok = { code: 0, stderr: '' }
const open: Client[] = []
afterEach(async () => {
  for (const client of open.splice(0)) await client.close()
})

/** A group of that name, made by somebody else. */
async function group(maker: string, name: string, ...members: string[]): Promise<Group> {
  const url = `mqtt://127.0.0.1:${use.server.port}`
  const client = await connect({ url, token: await use.server.token(maker), device: 'phone' })
  open.push(client)
  return client.createGroup({ name, members })
}

const send = (to: string, text: string): ReturnType<typeof use.run> => use.run(['send', 'alice', to, text])
const watched = async (user: string, count: number): Promise<string> =>
  (await use.run(['watch', user, '--count', String(count)])).stdout

test("send goes to the user bob, and not to a stranger's group of that name", async () => {
  await use.run(['user', 'add', 'alice', 'bob'])
  const trap = await group('mallory', 'bob', 'alice')
  await expect(send('bob', 'to the user')).resolves.toMatchObject(ok)
  await expect(send('bob', 'again')).resolves.toMatchObject(ok)
  await expect(send('group:bob', 'to the group')).resolves.toMatchObject(ok)
  await expect(send(trap.id, 'by its id')).resolves.toMatchObject(ok)
  expect(await watched('bob', 2)).toBe('alice: to the user\nalice: again\n')
  const seen: (string | undefined)[] = []
  for await (const { text } of trap.messages()) if (seen.push(text) === 2) break
  expect(seen).toEqual(['to the group', 'by its id'])
})

test('a group whose name no user has is found by it, in any spelling', async () => {
  await use.run(['user', 'add', 'alice', 'carol'])
  await group('carol', 'trip to caf\u00e9', 'alice')
  await group('carol', 'operators', 'alice')
  await expect(send(' trip to cafe\u0301', 'one')).resolves.toMatchObject(ok)
  const lines = await use.run(['send', 'alice', 'operators', '--lines'], 'two\nthree\n')
  expect(lines).toMatchObject(ok)
  const nobody = await send('user:operators', 'four')
  expect(nobody).toMatchObject({ code: 1, stderr: expect.stringMatching(/unknown-user/) as string })
})

test('of several groups of one name none is taken: they are listed', async () => {
  await use.run(['user', 'add', 'alice', 'dan'])
  const one = await group('dan', 'news', 'alice')
  const two = await group('eve', 'news', 'alice', 'dan')
  const { code, stderr } = await send('news', 'to which?')
  expect(code).toBe(1)
  expect(stderr).toMatch(/"news" is the name of 2 groups: write the id of one/)
  expect(stderr).toContain(`\n  ${one.id}  group news, with dan, alice`)
  expect(stderr).toContain(`\n  ${two.id}  group news, with eve, alice, dan`)
  await expect(send(two.id, 'to this')).resolves.toMatchObject(ok)
})

test('what is nobody says so, and oneself says how to keep notes', async () => {
  const self = await send('alice', 'a note')
  expect(self).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/"alice" is you: for notes.*\/group notes/) as string,
  })
  const nonsense = await send('a b', 'x')
  expect(nonsense).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/neither another user nor/) as string,
  })
})

test('a group of one keeps notes', async () => {
  const notes = await group('alice', 'notes')
  await expect(send('notes', 'milk')).resolves.toMatchObject(ok)
  const messages = notes.messages()
  expect((await messages.next()).value).toMatchObject({ text: 'milk', isOwn: true })
  await messages.return()
})
