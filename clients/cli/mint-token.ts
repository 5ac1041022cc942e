import { SignJWT } from 'jose'
import { isDeviceId, isUserId, nameOf } from '../../proto/ids.ts'
import { Failure } from './failure.ts'

export interface TokenClaims {
  readonly user: string
  /** Missing: good for any device of the user. */
  readonly device?: string
  readonly role?: 'device' | 'worker' | 'admin'
  readonly expiresInS: number
}

/** A token (JWT, HS256) that a server with this secret takes as the MQTT password. */
export async function mintToken(secret: Uint8Array, claims: TokenClaims): Promise<string> {
  const { user, device, role, expiresInS } = claims
  // A server makes the id of the name, as of a login service's tokens: an id would be made an id again.
  const name = isUserId(user) ? nameOf(user) : undefined
  if (name === undefined) {
    throw new Failure(
      `"${user}" is not a user id: 1 to 64 letters, digits, "._@-", the first a letter or digit; or x= and a name, as docs/operating.md has it.`,
    )
  }
  if (device !== undefined && !isDeviceId(device)) {
    throw new Failure(
      `"${device}" is not a device name: 1 to 32 letters, digits, "._@-", the first a letter or digit.`,
    )
  }
  // Short tokens make short CONNECTs: what has its default value is left out.
  const optional = { ...(device && { device }), ...(role && role !== 'device' && { role }) }
  const nowS = Math.floor(Date.now() / 1000)
  return new SignJWT(optional)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(name)
    .setIssuedAt(nowS)
    .setExpirationTime(nowS + expiresInS)
    .sign(secret)
}

const UNIT_S = { s: 1, m: 60, h: 3600, d: 86_400, y: 31_536_000 } as const

/** "90s", "15m", "12h", "30d", "1y" in seconds. */
export function durationS(text: string): number {
  const parts = /^([1-9]\d{0,6})([smhdy])$/.exec(text)
  if (!parts) throw new Failure(`"${text}" is not a duration: write for example 15m, 12h, 30d or 1y.`)
  return Number(parts[1]) * UNIT_S[parts[2] as keyof typeof UNIT_S]
}
