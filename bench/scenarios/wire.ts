import { connect } from '../../clients/index.ts'
import { CountingProxy, type LinkCount, type PacketCount } from '../counting-proxy.ts'
import { round } from '../figures.ts'
import type { Server } from '../server.ts'
import { until } from '../until.ts'

export interface WireResult {
  readonly messages: number
  readonly text_chars: number
  /** On both links and in both directions, with all acknowledgements and the delivered receipt. */
  readonly bytes_per_message: number
  readonly packets_per_message: number
  readonly sender_link: Link
  readonly receiver_link: Link
  /** A device with one such message waiting: from CONNECT to the PUBACK of the delivery, on its link. */
  readonly connect_to_first_delivery: {
    readonly bytes: number
    readonly packets: number
    readonly link: Link
  }
}

/** By direction (`up` is from the device) and packet type: per message, or of the whole connect. */
interface Link {
  readonly up: Record<string, PacketCount>
  readonly down: Record<string, PacketCount>
}

const TEXT = 'hello'
/** Nothing on a link for this long: everything has been said. Above the 100 ms that a patient entry may wait. */
const QUIET_MS = 300
const STEP_MS_MAX = 10_000

/** What one message costs on the links of two SDK clients, counted on their sockets in a steady state. */
export async function wire(server: Server, messages: number): Promise<WireResult> {
  const links = [await CountingProxy.open(server.port), await CountingProxy.open(server.port)] as const
  const clients: { close(): Promise<void> }[] = []
  const open = async (link: CountingProxy, user: string) => {
    const client = await connect({
      url: `mqtt://127.0.0.1:${link.port}`,
      token: await server.token(user),
      device: 'phone',
    })
    clients.push(client)
    return client
  }
  try {
    const bob = await open(links[1], 'bob')
    const alice = await open(links[0], 'alice')
    const chat = alice.direct('bob')
    const deliver = async (): Promise<void> => {
      const sent = await chat.send({ text: TEXT })
      await sent.delivered
    }
    // The first message of a chat carries more: the steady state begins behind it.
    await deliver()
    await deliver()
    await quiet(links)
    takeAll(links)
    for (let i = 0; i < messages; i++) await deliver()
    await quiet(links)
    const [sender, receiver] = takeAll(links)

    await bob.close()
    await (await chat.send({ text: TEXT })).accepted
    await quiet(links)
    takeAll(links)
    await open(links[1], 'bob')
    await quiet(links)
    const connected = links[1].take()
    return {
      messages,
      text_chars: TEXT.length,
      bytes_per_message: round((total(sender).bytes + total(receiver).bytes) / messages),
      packets_per_message: round((total(sender).packets + total(receiver).packets) / messages),
      sender_link: share(sender, messages),
      receiver_link: share(receiver, messages),
      connect_to_first_delivery: { ...total(connected), link: connected },
    }
  } finally {
    for (const client of clients) await client.close()
    for (const link of links) await link.close()
  }
}

function takeAll(links: readonly [CountingProxy, CountingProxy]): [LinkCount, LinkCount] {
  return [links[0].take(), links[1].take()]
}

async function quiet(links: readonly CountingProxy[]): Promise<void> {
  const isQuiet = (): boolean => links.every((link) => performance.now() - link.lastByteAt > QUIET_MS)
  if (!(await until(isQuiet, STEP_MS_MAX))) throw new Error('The links never came to rest.')
}

function total(link: LinkCount): { bytes: number; packets: number } {
  const counts = [...Object.values(link.up), ...Object.values(link.down)]
  return {
    bytes: counts.reduce((sum, count) => sum + count.bytes, 0),
    packets: counts.reduce((sum, count) => sum + count.packets, 0),
  }
}

function share(link: LinkCount, messages: number): Link {
  const of = (counts: Record<string, PacketCount>): Record<string, PacketCount> =>
    mapValues(counts, (count) => ({
      packets: round(count.packets / messages),
      bytes: round(count.bytes / messages),
      fields: mapValues(count.fields, (bytes) => round(bytes / messages)),
    }))
  return { up: of(link.up), down: of(link.down) }
}

function mapValues<From, To>(record: Record<string, From>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
