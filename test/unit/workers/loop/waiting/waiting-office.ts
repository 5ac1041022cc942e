import { direct, group, type Office, talking } from '../../office.ts'

export const ANN_DAN = direct('ann', 'dan')
export const TRIP_PARTITION = 7
export const TRIP = group(TRIP_PARTITION)

/** ann, bob and cid are known here; dan and eve exist, but only the directory knows; and it is away. */
export async function away(options?: Parameters<typeof talking>[0]): Promise<Office> {
  const office = await talking(options)
  office.up('ann', TRIP, { create: { clientSeq: 2, name: 'trip', members: ['bob'] } })
  await office.round()
  for (const user of ['dan', 'eve']) office.directory.users.add(user)
  office.delivered.length = 0
  office.directory.isAway = true
  return office
}

/** The directory answers again, and has for long enough that who is not there is unknown. */
export async function back(office: Office): Promise<void> {
  office.directory.isAway = false
  await office.resume()
  // Others have told it by then of the users whom they kept.
  office.uptimeMs += 11_000
  // What an earlier lease had left is noted before it is taken up.
  await office.resume()
  // A look takes up so many bytes; as long as it decides something, the next one comes at once.
  for (let left = Number.POSITIVE_INFINITY; office.parked().length < left; ) {
    left = office.parked().length
    await office.resume()
  }
}

/** What a link does every second: states that it has not had come first, then facts, then the note that they are used. */
export async function goOn(office: Office, seconds = 5): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    office.uptimeMs += 1_000
    await office.resume()
    await office.round()
  }
}

export function hello(office: Office, clientSeq: number, text = `${clientSeq}`): void {
  office.up('ann', ANN_DAN, { message: { clientSeq, text, peer: 'dan' } })
}

/** What ann's phone was answered: `clientSeq→seq`, or `clientSeq code`. */
export function answers(office: Office, user = 'ann'): string[] {
  return office.delivered.flatMap(({ user: to, only, down }) => {
    if (to !== user || only !== 'phone') return []
    const accepted = down.accepted.flatMap(({ clientSeq, seq, more }) =>
      Array.from({ length: (more ?? 0) + 1 }, (_, i) => `${(clientSeq ?? 0) + i}→${(seq ?? 0) + i}`),
    )
    return [...accepted, ...down.rejected.map(({ clientSeq, code }) => `${clientSeq} ${code}`)]
  })
}
