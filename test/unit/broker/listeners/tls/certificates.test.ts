import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeCertificates, readFiles } from '../../../../../broker/listeners/tls/certificates.ts'
import { AUTHORITY, CERTIFICATES, ENCRYPTED_KEY } from '../../../../support/certificates.ts'

const { first, second, named } = CERTIFICATES
let dir: string
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'restante-certificates-'))))
afterEach(() => rmSync(dir, { recursive: true, force: true }))

async function made(cert: string, key: string, ca?: string) {
  const files = { 'c.pem': cert, 'k.pem': key, ...(ca !== undefined && { 'ca.pem': ca }) }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  const source = {
    pairs: [{ certificate: join(dir, 'c.pem'), key: join(dir, 'k.pem') }],
    clientCaFile: ca === undefined ? undefined : join(dir, 'ca.pem'),
  }
  return makeCertificates(source, await readFiles(source), {})
}

test('what is wrong with files is said in one sentence that names the file', async () => {
  const garbled = first.cert.replace(/\n[^-]{20}/, '\nAAAAAAAAAAAAAAAAAAAA')
  const bad: [string, string, string | undefined, RegExp][] = [
    [first.cert, second.key, undefined, /k\.pem is not the key of the certificate in .*c\.pem\.$/],
    [
      second.cert,
      ENCRYPTED_KEY,
      undefined,
      /k\.pem must hold a private key in PEM format that is not encrypted\.$/,
    ],
    ['nothing', first.key, undefined, /c\.pem must hold a certificate in PEM format\.$/],
    [garbled, first.key, undefined, /c\.pem holds a certificate that can't be read\.$/],
    [first.cert, first.cert, undefined, /k\.pem must hold a private key in PEM format/],
    [first.cert, first.key, 'nobody', /ca\.pem must hold a certificate in PEM format\.$/],
  ]
  for (const [cert, key, ca, sentence] of bad)
    await expect(made(cert, key, ca)).rejects.toMatchObject({
      code: 'bad-certificate',
      message: expect.stringMatching(sentence) as string,
    })
  const nowhere = {
    pairs: [{ certificate: '/nowhere/c.pem', key: '/nowhere/k.pem' }],
    clientCaFile: undefined,
  }
  await expect(readFiles(nowhere)).rejects.toThrow("Can't read /nowhere/c.pem: ENOENT.")
})

test('the first of a chain that ends counts, and other bytes are other certificates', async () => {
  const ends = async (cert: string): Promise<number> => (await made(cert, first.key)).expiresAtMs
  const alone = await ends(first.cert)
  expect(await ends(first.cert + named.cert)).toBe(alone)
  expect(await ends(first.cert + AUTHORITY)).toBeGreaterThanOrEqual(alone)
  const digests = [
    await made(first.cert, first.key),
    await made(second.cert, second.key),
    await made(first.cert, first.key, AUTHORITY),
  ].map(({ digest }) => digest)
  expect(new Set(digests).size).toBe(3)
})
