import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose'
import { OperationalError } from '../../kit/operational-error.ts'
import { readOrMakeSecret } from './secret-file.ts'
import { SharedSecret } from './shared-secret.ts'

/** Where the keys come from that tokens are checked with. */
export type KeySettings =
  | { readonly kind: 'secret-file'; readonly dataDir: string }
  | { readonly kind: 'public-key-file'; readonly path: string }
  | { readonly kind: 'jwks'; readonly url: string }

export interface KeySource {
  /** jose asks it for each token; it has the keys at hand. */
  readonly keyOf: JWTVerifyGetKey
  /** What the tokens may be signed with. Never both kinds: a public key must not pass for a shared secret. */
  readonly algorithms: string[]
  /** If the key is a secret of ours. */
  readonly shared?: SharedSecret
  close(): void
}

const SHARED = ['HS256']
const SIGNED = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]

/** How long a token may wait for the key server. */
const JWKS_TIMEOUT_MS = 5_000
/** How often a token of an unknown key may make us ask the key server again. */
const JWKS_COOLDOWN_MS = 30_000
/** How long a key that the key server has withdrawn may still be taken. */
const JWKS_REFRESH_MS = 600_000

/** @throws OperationalError `bad-key` if the file is no public key */
export async function openKeySource(settings: KeySettings): Promise<KeySource> {
  switch (settings.kind) {
    case 'secret-file': {
      const secret = await readOrMakeSecret(settings.dataDir)
      const shared = new SharedSecret(secret)
      return { keyOf: async () => secret, algorithms: SHARED, shared, close: () => undefined }
    }
    case 'public-key-file': {
      const key = await publicKey(settings.path)
      return { keyOf: async () => key, algorithms: SIGNED, close: () => undefined }
    }
    case 'jwks':
      return remoteKeys(new URL(settings.url))
  }
}

/** The keys are refreshed in the background and never go stale, so that logins outlive the key server's absence. */
function remoteKeys(url: URL): KeySource {
  const keys = createRemoteJWKSet(url, {
    timeoutDuration: JWKS_TIMEOUT_MS,
    cooldownDuration: JWKS_COOLDOWN_MS,
    cacheMaxAge: Number.POSITIVE_INFINITY,
  })
  // A failed refresh keeps the keys we have; the next one is not far.
  const timer = setInterval(() => void keys.reload().catch(() => undefined), JWKS_REFRESH_MS).unref()
  return { keyOf: keys, algorithms: SIGNED, close: () => clearInterval(timer) }
}

async function publicKey(path: string): Promise<KeyObject> {
  try {
    return createPublicKey(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new OperationalError('bad-key', `${path} must hold a public key or a certificate in PEM format.`, {
      retryable: false,
      cause,
    })
  }
}
