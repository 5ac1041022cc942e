import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls'
import { OperationalError } from '../../../kit/operational-error.ts'

/** A certificate, with those that signed it behind it, and its private key: both PEM files. */
export interface CertificateFiles {
  readonly certificate: string
  readonly key: string
}

/** What a server shows to whom: made once of the files' bytes, never changed. */
export interface Certificates {
  /** Of whoever asks for no name, or for one that no certificate has. */
  readonly default: SecureContextOptions
  /** @returns undefined if no certificate is for that name */
  contextFor(name: string): SecureContext | undefined
  /** Of all contexts that `contextFor` may return. */
  readonly contexts: readonly SecureContext[]
  /** When the first of them, or of those that signed them, ends. Unix ms. */
  readonly expiresAtMs: number
  /** What tells these bytes from others. */
  readonly digest: string
}

interface Source {
  readonly pairs: readonly CertificateFiles[]
  /** Whoever connects needs a certificate that one of these signed. */
  readonly clientCaFile: string | undefined
}

interface Pair {
  readonly leaf: X509Certificate
  readonly expiresAtMs: number
  readonly options: SecureContextOptions
}

/** The bytes of all files, in the order of the settings. @throws OperationalError `bad-certificate` */
export async function readFiles({ pairs, clientCaFile }: Source): Promise<readonly Buffer[]> {
  const paths = pairs.flatMap(({ certificate, key }) => [certificate, key])
  return Promise.all([...paths, ...(clientCaFile === undefined ? [] : [clientCaFile])].map(read))
}

/**
 * @param files as `readFiles` gives them
 * @param options for all contexts
 * @throws OperationalError `bad-certificate` with a sentence that names the file
 */
export function makeCertificates(
  source: Source,
  files: readonly Buffer[],
  options: SecureContextOptions,
): Certificates {
  const { pairs, clientCaFile } = source
  const ca = clientCaFile === undefined ? undefined : files.at(-1)
  if (clientCaFile !== undefined) certificatesIn(clientCaFile, ca as Buffer)
  // Who was let in by one authority does not resume under another.
  const sessionIdContext = sha256(ca ?? Buffer.alloc(0)).slice(0, 32)
  const shared = { ...options, sessionIdContext, ...(ca && { ca }) }
  const made = pairs.map((paths, i) => {
    const pair = pairOf(paths, files[2 * i] as Buffer, files[2 * i + 1] as Buffer)
    const all = { ...shared, ...pair.options }
    return { ...pair, options: all, context: contextOf(paths.certificate, all) }
  })
  const [first] = made
  if (first === undefined) throw badCertificate('There must be a certificate.')
  return {
    default: first.options,
    contextFor: (name) => made.find(({ leaf }) => leaf.checkHost(name) !== undefined)?.context,
    contexts: made.map(({ context }) => context),
    expiresAtMs: Math.min(...made.map(({ expiresAtMs }) => expiresAtMs)),
    digest: digestOf(files),
  }
}

export function digestOf(files: readonly Buffer[]): string {
  return sha256(Buffer.concat(files.map((file) => Buffer.from(sha256(file)))))
}

function pairOf(paths: CertificateFiles, cert: Buffer, key: Buffer): Pair {
  const chain = certificatesIn(paths.certificate, cert)
  const [leaf] = chain as [X509Certificate]
  let isItsKey: boolean
  try {
    isItsKey = leaf.checkPrivateKey(createPrivateKey(key))
  } catch (cause) {
    throw badCertificate(`${paths.key} must hold a private key in PEM format that is not encrypted.`, cause)
  }
  if (!isItsKey)
    throw badCertificate(`${paths.key} is not the key of the certificate in ${paths.certificate}.`)
  const expiresAtMs = Math.min(...chain.map(({ validTo }) => Date.parse(validTo)))
  return { leaf, expiresAtMs, options: { cert, key } }
}

function certificatesIn(path: string, pem: Buffer): X509Certificate[] {
  const blocks = pem.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  try {
    if (blocks !== null) return blocks.map((block) => new X509Certificate(block))
  } catch (cause) {
    throw badCertificate(`${path} holds a certificate that can't be read.`, cause)
  }
  throw badCertificate(`${path} must hold a certificate in PEM format.`)
}

/** Keys that are too short, and the like, are found by OpenSSL alone. */
function contextOf(path: string, options: SecureContextOptions): SecureContext {
  try {
    return createSecureContext(options)
  } catch (cause) {
    throw badCertificate(`${path} can't be used: ${(cause as Error).message}.`, cause)
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw badCertificate(`Can't read ${path}: ${(cause as NodeJS.ErrnoException).code}.`, cause)
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function badCertificate(message: string, cause?: unknown): OperationalError {
  return new OperationalError('bad-certificate', message, { retryable: false, cause })
}
