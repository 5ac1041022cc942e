import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Settings } from '../../../kit/settings.ts'
import type { DeviceId } from '../../../proto/ids.ts'
import { GROUP_MEMBERS_MAX } from '../../../proto/limits.ts'
import { readWorkerConfig } from '../../../workers/config.ts'
import { credentials } from '../../../workers/loop/token.ts'

function read(env: Record<string, string>): { config: ReturnType<typeof readWorkerConfig>; problem: string } {
  const settings = new Settings(env)
  const config = readWorkerConfig(settings)
  try {
    settings.finish()
    return { config, problem: '' }
  } catch (error) {
    return { config, problem: String(error) }
  }
}

describe('a worker’s settings', () => {
  it('have values for everything, frozen', () => {
    const { config, problem } = read({})
    expect(problem).toBe('')
    expect(config).toMatchObject({
      brokerUrl: 'mqtt://127.0.0.1:1883',
      databaseUrl: undefined,
      httpPort: undefined,
      operationsHost: '127.0.0.1',
      limits: { groupMembersMax: GROUP_MEMBERS_MAX },
    })
    expect(Object.isFrozen(config) && Object.isFrozen(config.limits)).toBe(true)
    expect(read({}).config.name).not.toBe(config.name)
  })

  it('are taken from the environment, secrets hidden', () => {
    const { config, problem } = read({
      RESTANTE_BROKER_URL: 'mqtts://broker:8883',
      RESTANTE_WORKER_TOKEN: 'secret',
      RESTANTE_WORKER_NAME: 'w1',
      DATABASE_URL: 'postgresql://me:secret@db/restante',
      RESTANTE_WORKER_HTTP_PORT: '0',
      RESTANTE_GROUP_MEMBERS_MAX: '5000',
    })
    expect(problem).toBe('')
    expect(config).toMatchObject({ brokerUrl: 'mqtts://broker:8883', name: 'w1', httpPort: 0 })
    expect(config.limits.groupMembersMax).toBe(5_000)
    expect(JSON.stringify(config)).not.toContain('secret')
    expect(config.databaseUrl?.reveal()).toContain('secret')
  })

  it('say where operators ask, and where clients come to says nothing about that', () => {
    expect(read({ RESTANTE_HOST: '0.0.0.0' }).config.operationsHost).toBe('127.0.0.1')
    expect(read({ RESTANTE_OPERATIONS_HOST: '10.0.0.7' }).config.operationsHost).toBe('10.0.0.7')
  })

  it('that are wrong are all named', () => {
    const { problem } = read({
      RESTANTE_BROKER_URL: 'http://x',
      RESTANTE_WORKER_TOKEN: 'a',
      RESTANTE_WORKER_TOKEN_FILE: 'b',
      RESTANTE_WORKER_NAME: 'a/b',
      RESTANTE_GROUP_MEMBERS_MAX: '1',
      RESTANTE_WORKER_HTTP_PORT: '70000',
      DATABASE_URL: 'mysql://x',
    })
    for (const name of [
      'BROKER_URL',
      'WORKER_TOKEN',
      'WORKER_NAME',
      'GROUP_MEMBERS',
      'HTTP_PORT',
      'DATABASE_URL',
    ])
      expect(problem).toContain(name)
  })
})

describe('a worker’s token', () => {
  const token = (claims: object): string => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`
  const from = (text: string, name = 'w1') => credentials({ kind: 'token', token: text }, name as DeviceId)

  it('says who it is; the device is the worker’s name unless the token is for one', () => {
    expect(from(token({ sub: 'w' }))).toMatchObject({ clientId: 'w/w1', user: 'w' })
    expect(from(token({ sub: 'w', device: 'd' })).clientId).toBe('w/d')
  })

  it('may be in a file, read anew each time', () => {
    const dir = mkdtempSync(join(tmpdir(), 'restante-token-'))
    const path = join(dir, 'token')
    try {
      writeFileSync(path, `${token({ sub: 'one' })}\n`)
      expect(credentials({ kind: 'file', path }, 'w1' as DeviceId).user).toBe('one')
      writeFileSync(path, token({ sub: 'two' }))
      expect(credentials({ kind: 'file', path }, 'w1' as DeviceId)).toMatchObject({
        user: 'two',
        token: token({ sub: 'two' }),
      })
    } finally {
      rmSync(dir, { recursive: true })
    }
    expect(() => credentials({ kind: 'file', path }, 'w1' as DeviceId)).toThrow('cannot read the token file')
  })

  it.each(['', 'a.b', 'a.!.c', token({}), token({ sub: '' }), token({ sub: 'w', device: 7 }), 'a.bnVsbA.c'])(
    'that names no user is refused: %s',
    (text) => expect(() => from(text)).toThrow(/token/),
  )
})
