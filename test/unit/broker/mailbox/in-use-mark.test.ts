import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { markInUse } from '../../../../broker/mailbox/lmdb/in-use-mark.ts'

let root: string
let data: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'restante-mark-'))
  data = join(root, 'data')
  await mkdir(data)
})
afterEach(() => rm(root, { recursive: true }))

test('a copy of a directory in use is refused with what to do, and one of a directory that was left is not', async () => {
  const mark = await markInUse(data)
  const torn = join(root, 'torn')
  await cp(data, torn, { recursive: true })
  await expect(markInUse(torn)).rejects.toMatchObject({
    code: 'data-directory-copied',
    message: expect.stringMatching(
      /torn was copied while .*: stop the server before you copy; .*remove .*torn\/in-use/,
    ) as string,
  })
  await mark.remove()
  const whole = join(root, 'whole')
  await cp(data, whole, { recursive: true })
  await (await markInUse(whole)).remove()
  await rm(join(torn, 'in-use'))
  await markInUse(torn)
})

test('what a killed process has left goes on, in its place and moved', async () => {
  await markInUse(data)
  await markInUse(data)
  const moved = join(root, 'moved')
  await rename(data, moved)
  await markInUse(moved)
})

test('a mark that a power cut has left empty is none', async () => {
  await writeFile(join(data, 'in-use'), '')
  await markInUse(data)
  await markInUse(data)
})
