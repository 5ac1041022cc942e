import { check } from '../fault/checker.ts'
import type { Cast } from './cast.ts'
import { entriesKept } from './kept.ts'
import type { Machines } from './machines.ts'
import type { Server } from './people/server.ts'
import type { World } from './world/world.ts'

/**
 * What is wrong in a world that has come to rest; empty: nothing. A server that has lost what it had said was stored
 * broke its word: what is judged then is what devices do with that, and that it is over.
 */
export async function wrongIn(world: World, cast: Cast, { servers, redis }: Machines): Promise<string[]> {
  const late = [...cast.phones, ...cast.gateways.map(({ bridge }) => bridge)].flatMap((one) => {
    const name = `${one.user}/${one.device}`
    if (!one.isConnected) return [`late: ${name} is not connected`]
    return one.waiting > 0 ? [`late: ${name} has ${one.waiting} sends without an answer`] : []
  })
  if (late.length > 0) return late
  const wrong = check(cast.plan, cast.log).violations
  const isSetBack = redis?.setBackAtMs !== undefined
  return [
    ...(isSetBack ? wrong.filter(({ says }) => says.includes('was let in')) : wrong).map(
      ({ rule, says }) => `${rule}: ${says}`,
    ),
    ...untoldIn(cast),
    ...ungivenIn(cast),
    ...(isSetBack ? [] : unreadIn(cast)),
    ...(await entriesKept(world, cast, servers[0] as Server)),
  ]
}

/** What a device has for its app the app is given, however often it is ended before. */
function ungivenIn({ phones }: Cast): string[] {
  return phones.flatMap(({ user, device, ungiven }) =>
    ungiven.map((one) => `lost: ${one} is at ${user}/${device}, and its app was never given it`),
  )
}

/** Whoever sent what others were given knows it: it was in the outbox before it left, and stayed there until its answer. */
function untoldIn({ log }: Cast): string[] {
  const torn = new Set(log.flatMap((one) => (one.what === 'torn' ? [`${one.user}/${one.device}`] : [])))
  const told = new Set<string>()
  const senders = new Map<string, string>()
  for (const one of log) {
    const name = `${one.user}/${one.device}`
    if (one.what === 'sent' && !torn.has(name)) senders.set(one.text, name)
    if (one.what === 'accepted' || one.what === 'rejected' || one.what === 'forgotten') told.add(one.text)
  }
  const given = new Map(log.flatMap((one) => (one.what === 'arrived' ? [[one.text, one] as const] : [])))
  return [...given].flatMap(([text, { chat, seq, user, device }]) => {
    const sender = senders.get(text)
    if (sender === undefined || told.has(text)) return []
    return [`untold: ${chat} seq ${seq} "${text}" came to ${user}/${device}, and ${sender} does not know it`]
  })
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
