import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, SignJWT, type JWTPayload } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openKeySource, type KeySettings } from '../../../../broker/auth/key-source.ts'
import { readOrMakeSecret } from '../../../../broker/auth/secret-file.ts'
import { TokenVerifier, type TokenRules } from '../../../../broker/auth/token.ts'
import { TrustedClock } from '../../../../kit/clock.ts'
import { TOKEN_RULES } from '../../../support/bare-broker.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'restante-auth-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const nowS = Math.floor(Date.now() / 1000)

function sign(key: Uint8Array | KeyObject, claims: JWTPayload, alg = 'HS256', kid?: string): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg, ...(kid !== undefined && { kid }) }).sign(key)
}

async function verifierOf(
  settings: KeySettings,
  rules: Partial<TokenRules> = {},
  clock = new TrustedClock(),
) {
  const keys = await openKeySource(settings)
  return {
    keys,
    verifier: new TokenVerifier(keys, { ...TOKEN_RULES, ...rules }, clock),
  }
}

test('the secret is made once, is unreadable for others, and several who make it at once agree', async () => {
  const secrets = await Promise.all(Array.from({ length: 8 }, () => readOrMakeSecret(dir)))
  const text = await readFile(join(dir, 'jwt-secret'), 'utf8')
  for (const secret of secrets) expect(new TextDecoder().decode(secret)).toBe(text)
  expect(text).toMatch(/^[\w-]{43}$/)
  expect((await stat(join(dir, 'jwt-secret'))).mode & 0o777).toBe(0o600)
  expect(await readdir(dir)).toEqual(['jwt-secret'])
})

test('a secret that is too short stops the start; white space at its ends does not count', async () => {
  await writeFile(join(dir, 'jwt-secret'), 'short', { mode: 0o600 })
  await expect(readOrMakeSecret(dir)).rejects.toMatchObject({ code: 'bad-secret' })
  await writeFile(join(dir, 'jwt-secret'), `${'s'.repeat(40)}\n`)
  expect(new TextDecoder().decode(await readOrMakeSecret(dir))).toBe('s'.repeat(40))
})

test('a secret that others may read stops the start, with a sentence that says what to do', async () => {
  const path = join(dir, 'jwt-secret')
  await writeFile(path, 's'.repeat(43), { mode: 0o600 })
  for (const mode of [0o640, 0o604, 0o660]) {
    await chmod(path, mode)
    await expect(readOrMakeSecret(dir)).rejects.toThrow(`chmod 600 ${path}`)
  }
  await chmod(path, 0o400)
  await readOrMakeSecret(dir)
})

test('a good token says who its bearer is', async () => {
  const secret = await readOrMakeSecret(dir)
  const { verifier } = await verifierOf({ kind: 'secret-file', dataDir: dir })
  const token = await sign(secret, {
    sub: 'alice',
    device: 'phone',
    role: 'admin',
    iat: nowS,
    exp: nowS + 60,
  })
  expect(await verifier.verify(token)).toEqual({
    outcome: 'valid',
    identity: {
      user: 'alice',
      device: 'phone',
      role: 'admin',
      issuedAtMs: nowS * 1000,
      expiresAtMs: (nowS + 60) * 1000,
    },
  })
  expect(await verifier.verify(await sign(secret, { sub: 'bob' }))).toMatchObject({
    identity: {
      user: 'bob',
      device: undefined,
      role: 'device',
      issuedAtMs: undefined,
      expiresAtMs: undefined,
    },
  })
})

test('every other token is refused with its reason', async () => {
  const secret = await readOrMakeSecret(dir)
  const other = new TextEncoder().encode('x'.repeat(43))
  const rules = { issuer: 'idp', audience: 'chat' }
  const { verifier } = await verifierOf({ kind: 'secret-file', dataDir: dir }, rules)
  const good = { sub: 'alice', iss: 'idp', aud: 'chat' }
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(good)).toString('base64url')}.`
  const cases: [string, string][] = [
    ['', 'malformed-token'],
    ['guess', 'malformed-token'],
    ['a.b.c', 'malformed-token'],
    [unsigned, 'bad-signature'],
    [await sign(other, good), 'bad-signature'],
    [await sign(secret, good, 'HS512'), 'bad-signature'],
    [await sign(secret, { ...good, exp: nowS - 60 }), 'expired-token'],
    [await sign(secret, { ...good, nbf: nowS + 60 }), 'bad-claims'],
    [await sign(secret, { ...good, iss: 'else' }), 'bad-claims'],
    [await sign(secret, { ...good, aud: 'else' }), 'bad-claims'],
    [await sign(secret, { iss: 'idp', aud: 'chat' }), 'bad-claims'],
    [await sign(secret, { ...good, sub: '' }), 'bad-claims'],
    [await sign(secret, { ...good, sub: '\ud800' }), 'bad-claims'],
    [await sign(secret, { ...good, sub: 'x'.repeat(65) }), 'bad-claims'],
    [await sign(secret, { ...good, device: 'a/b' }), 'bad-claims'],
    [await sign(secret, { ...good, device: 7 }), 'bad-claims'],
    [await sign(secret, { ...good, role: 'emperor' }), 'bad-claims'],
    [await sign(secret, { ...good, role: 'constructor' }), 'bad-claims'],
  ]
  for (const [token, reason] of cases)
    expect(await verifier.verify(token), `${reason} ${token}`).toEqual({ outcome: 'refused', reason })
  expect((await verifier.verify(await sign(secret, good))).outcome).toBe('valid')
})

test('a signature of the secret is taken under any header, and nothing else for one', async () => {
  const secret = await readOrMakeSecret(dir)
  const { verifier } = await verifierOf({ kind: 'secret-file', dataDir: dir })
  const outcomeOf = async (token: string) => {
    const verification = await verifier.verify(token)
    return verification.outcome === 'valid' ? verification.identity.user : verification.reason
  }
  const good = { sub: 'alice', exp: nowS + 60 }
  const bad = { ...good, exp: nowS - 60 }
  const headers = [{}, { typ: 'JWT' }, { kid: 'k' }, { typ: 'at+jwt', kid: 'k' }]
  for (const header of headers) {
    const signed = (claims: JWTPayload) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256', ...header }).sign(secret)
    expect(await outcomeOf(await signed(good))).toBe('alice')
    expect(await outcomeOf(await signed(bad))).toBe('expired-token')
    const [head = '', claims = '', signature = ''] = (await signed(good)).split('.')
    const [, otherClaims = ''] = (await signed({ ...good, sub: 'bob' })).split('.')
    const otherSignature = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)
    for (const forged of [
      `${head}.${otherClaims}.${signature}`,
      `${head}.${claims}.${otherSignature}`,
      `${head}.${claims}.${signature.slice(0, -1)}`,
      `${head}.${claims}.${'ä'.repeat(43)}`,
      `${head}.${claims}..${signature}`,
      `${head}.${signature}`,
    ])
      expect(await outcomeOf(forged), forged).toMatch(/^(bad-signature|malformed-token)$/)
  }
  const critical = new SignJWT(good).setProtectedHeader({ alg: 'HS256', crit: ['b64'], b64: true })
  expect(await outcomeOf(await critical.sign(secret))).toBe('alice')
  const claimless = [Buffer.from('{"alg":"HS256"}'), Buffer.from('no claims')]
    .map((part) => part.toString('base64url'))
    .join('.')
  const signature = createHmac('sha256', secret).update(claimless).digest('base64url')
  expect(await outcomeOf(`${claimless}.${signature}`)).toBe('malformed-token')
})

test('a public key file: each kind of key; a token signed with the public key as a secret is refused', async () => {
  const path = join(dir, 'key.pem')
  const kinds = [
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['EdDSA', generateKeyPairSync('ed25519')],
  ] as const
  for (const [alg, { publicKey, privateKey }] of kinds) {
    const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string
    await writeFile(path, pem)
    const { verifier } = await verifierOf({ kind: 'public-key-file', path })
    expect((await verifier.verify(await sign(privateKey, { sub: 'alice' }, alg))).outcome).toBe('valid')
    const forged = await sign(new TextEncoder().encode(pem), { sub: 'alice' })
    expect(await verifier.verify(forged)).toEqual({ outcome: 'refused', reason: 'bad-signature' })
    const wrongKind = kinds.find(([other]) => other !== alg)
    if (!wrongKind) throw new Error('there are three')
    const foreign = await sign(wrongKind[1].privateKey, { sub: 'alice' }, wrongKind[0])
    expect(await verifier.verify(foreign)).toEqual({ outcome: 'refused', reason: 'bad-signature' })
  }
  await writeFile(path, 'no key')
  await expect(openKeySource({ kind: 'public-key-file', path })).rejects.toMatchObject({ code: 'bad-key' })
})

test('a key server: known keys are taken, unknown ones refused, and logins outlive its absence', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }
  let asked = 0
  const server = createServer((_request, response) => {
    asked++
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
  const { keys, verifier } = await verifierOf({ kind: 'jwks', url })
  const token = await sign(privateKey, { sub: 'alice' }, 'ES256', 'k1')
  expect((await verifier.verify(token)).outcome).toBe('valid')
  const stranger = await sign(privateKey, { sub: 'alice' }, 'ES256', 'k2')
  expect(await verifier.verify(stranger)).toEqual({ outcome: 'refused', reason: 'bad-signature' })
  server.close()
  server.closeAllConnections()
  expect((await verifier.verify(token)).outcome).toBe('valid')
  expect(asked).toBe(1)
  keys.close()
  const away = await verifierOf({ kind: 'jwks', url })
  expect(await away.verifier.verify(token)).toEqual({ outcome: 'refused', reason: 'keys-unavailable' })
  away.keys.close()
})

test('a token that names none of several keys is refused, and is not taken for a key server that is away', async () => {
  const pairs = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')]
  const jwks = await Promise.all(
    pairs.map(async ({ publicKey }, i) => ({ ...(await exportJWK(publicKey)), kid: `k${i}` })),
  )
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: jwks }))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
  const { keys, verifier } = await verifierOf({ kind: 'jwks', url })
  const stranger = generateKeyPairSync('ed25519')
  const nameless = await sign(stranger.privateKey, { sub: 'alice' }, 'EdDSA')
  expect(await verifier.verify(nameless)).toEqual({ outcome: 'refused', reason: 'bad-signature' })
  keys.close()
  server.close()
  server.closeAllConnections()
})

test.each([
  ['40 days ahead', 40 * 86_400_000],
  ['an hour ahead', 3_600_000],
  ['an hour behind', -3_600_000],
  ['40 days behind', -40 * 86_400_000],
])('a clock that is set %s ends no token, and keeps no new one out', async (_, setMs) => {
  const secret = await readOrMakeSecret(dir)
  let wallMs = Date.now()
  const clock = new TrustedClock({ wall: () => wallMs, uptime: () => 0 })
  const { verifier } = await verifierOf({ kind: 'secret-file', dataDir: dir }, {}, clock)
  const good = await sign(secret, { sub: 'alice', iat: nowS, nbf: nowS, exp: nowS + 60 })
  const ended = await sign(secret, { sub: 'alice', exp: nowS - 60 })
  wallMs += setMs
  expect(await verifier.verify(good)).toMatchObject({ outcome: 'valid' })
  if (setMs > 0) expect(await verifier.verify(ended)).toMatchObject({ reason: 'expired-token' })
})

const reasonOf = async (verifier: TokenVerifier, token: string): Promise<string> => {
  const verification = await verifier.verify(token)
  return verification.outcome === 'valid' ? 'valid' : verification.reason
}

test('a token from the future is refused: it would outlive the end of those issued up to now', async () => {
  const secret = await readOrMakeSecret(dir)
  const { verifier } = await verifierOf({ kind: 'secret-file', dataDir: dir })
  const at = (iat: number): Promise<string> => sign(secret, { sub: 'alice', iat, exp: iat + 60 })
  expect(await reasonOf(verifier, await at(nowS + 60))).toBe('issued-in-future')
  expect(await reasonOf(verifier, await at(nowS + 2))).toBe('valid')
})

test('a token without an end is refused unless they are taken, and one that lives too long', async () => {
  const secret = await readOrMakeSecret(dir)
  const day = 86_400
  const rules = { mayLackExpiry: false, lifeMsMax: 30 * day * 1000 }
  const { verifier } = await verifierOf({ kind: 'secret-file', dataDir: dir }, rules)
  expect(await reasonOf(verifier, await sign(secret, { sub: 'alice', iat: nowS }))).toBe('no-expiry')
  const lives = (days: number, iat: number): Promise<string> =>
    sign(secret, { sub: 'alice', iat, exp: iat + days * day })
  expect(await reasonOf(verifier, await lives(31, nowS))).toBe('lives-too-long')
  expect(await reasonOf(verifier, await lives(30, nowS))).toBe('valid')
  // Near its end, too.
  expect(await reasonOf(verifier, await lives(365, nowS - 364 * day))).toBe('lives-too-long')
  const noIat = await sign(secret, { sub: 'alice', exp: nowS + 31 * day })
  expect(await reasonOf(verifier, noIat)).toBe('lives-too-long')
})

test('where a login service signs, only the users who are named may be operators or workers', async () => {
  const secret = await readOrMakeSecret(dir)
  const rules = { admins: new Set(['olga']), workers: new Set(['w1']) }
  const { verifier } = await verifierOf({ kind: 'secret-file', dataDir: dir }, rules)
  const as = (sub: string, role: string): Promise<string> => sign(secret, { sub, role })
  expect(await reasonOf(verifier, await as('olga', 'admin'))).toBe('valid')
  expect(await reasonOf(verifier, await as('olga', 'worker'))).toBe('role-not-allowed')
  expect(await reasonOf(verifier, await as('mallory', 'admin'))).toBe('role-not-allowed')
  expect(await reasonOf(verifier, await as('w1', 'worker'))).toBe('valid')
  expect(await reasonOf(verifier, await as('mallory', 'device'))).toBe('valid')
})

test('names of login services become user ids', async () => {
  const secret = await readOrMakeSecret(dir)
  const { verifier } = await verifierOf({ kind: 'secret-file', dataDir: dir }, { userClaim: 'email' })
  const of = async (email: unknown): Promise<string> => {
    const verification = await verifier.verify(await sign(secret, { sub: 'x', email } as JWTPayload))
    return verification.outcome === 'valid' ? verification.identity.user : verification.reason
  }
  expect(await of('ann@example.org')).toBe('ann@example.org')
  expect(await of('auth0|7')).toBe('x=auth0=7C7')
  expect(await of('+4917')).toBe('x==2B4917')
  expect(await of('')).toBe('bad-claims')
  expect(await of(7)).toBe('bad-claims')
  expect(await reasonOf(verifier, await sign(secret, { sub: 'alice' }))).toBe('bad-claims')
})
