// Can an operator lock a user out, end tokens and see clean sessions from the command line?
import { expect, test } from 'vitest'
import { Phone } from '../../support/phone.ts'
import { useCli } from '../../support/cli-run.ts'

const use = useCli()

test('user lock, unlock and logout say what they did, and do it', async () => {
  const phone = await Phone.connect(use.server, 'mallory/phone')
  expect(await use.run(['user', 'lock', 'mallory'])).toEqual({
    code: 0,
    stdout: 'mallory is locked out\n',
    stderr: '',
  })
  await phone.raw.expectClosed()
  await expect(Phone.connect(use.server, 'mallory/phone')).rejects.toThrow('CONNACK 5')
  expect((await use.run(['user', 'unlock', 'mallory'])).stdout).toBe('mallory may connect again\n')
  const again = await Phone.connect(use.server, 'mallory/phone')
  expect((await use.run(['user', 'logout', 'mallory'])).stdout).toBe('mallory needs a new token\n')
  await again.raw.expectClosed()
})

test('what cannot be locked is refused with a sentence', async () => {
  const { code, stderr } = await use.run(['user', 'lock', 'a b'])
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'restante: "a b" is not a user id.\n' })
  expect((await use.run(['user', 'lock', 'restante-admin'])).code).toBe(1)
})

test('device list shows clean sessions as such', async () => {
  const visitor = await Phone.connect(use.server, 'nina/visitor', { clean: true })
  expect((await use.run(['device', 'list', 'nina'])).stdout).toMatch(
    /^visitor\tconnected\tclean session\tsince /,
  )
  visitor.raw.cut()
})

test('commands of operators side by side do not get in each other’s way', async () => {
  const names = ['uma', 'vic', 'wes']
  const ran = await Promise.all(names.map((name) => use.run(['user', 'lock', name])))
  expect(ran.map(({ code, stdout, stderr }) => [code, stdout, stderr])).toEqual(
    names.map((name) => [0, `${name} is locked out\n`, '']),
  )
})
