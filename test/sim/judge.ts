import { check } from '../fault/checker.ts'
import type { Cast } from './cast.ts'
import { entriesKept } from './kept.ts'
import type { Server } from './people/server.ts'
import type { World } from './world/world.ts'

/** What is wrong in a world that has come to rest; empty: nothing. */
export async function wrongIn(world: World, cast: Cast, servers: readonly Server[]): Promise<string[]> {
  const late = [...cast.phones, ...cast.gateways.map(({ bridge }) => bridge)].flatMap((one) => {
    const name = `${one.user}/${one.device}`
    if (!one.isConnected) return [`late: ${name} is not connected`]
    return one.waiting > 0 ? [`late: ${name} has ${one.waiting} sends without an answer`] : []
  })
  if (late.length > 0) return late
  const wrong = check(cast.plan, cast.log).violations.map(({ rule, says }) => `${rule}: ${says}`)
  return [...wrong, ...unreadIn(cast), ...(await entriesKept(world, cast, servers[0] as Server))]
}

/** All devices of a user count the same as unread, but for those that lack what they have lost. */
function unreadIn({ plan, phones: all, log }: Cast): string[] {
  const lacking = new Set(
    log.flatMap(({ what, user, device }) => (what === 'restored' ? [`${user}/${device}`] : [])),
  )
  const phones = all.filter(({ user, device }) => !lacking.has(`${user}/${device}`))
  return [...plan.chats.keys()].flatMap((id) => {
    const counts = new Map<string, { device: string; unread: number }>()
    return phones.flatMap((phone) => {
      const unread = phone.unread({ id })
      const first = counts.get(phone.user)
      if (unread === undefined) return []
      if (first === undefined) counts.set(phone.user, { device: phone.device, unread })
      if (first === undefined || first.unread === unread) return []
      const { user, device } = phone
      return [`unread: ${id}: ${unread} at ${user}/${device}, ${first.unread} at ${user}/${first.device}`]
    })
  })
}
