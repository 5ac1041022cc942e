import { BlockList, isIP, isIPv4 } from 'node:net'
import { plainAddress } from './source.ts'

/** Networks, as settings have them: `10.0.0.0/8`, `2001:db8::/32`, or one address. */
export interface Intermediaries {
  /** Balancers: every connection of theirs must begin with a PROXY header, and nobody else's may. */
  readonly proxyProtocolFrom: readonly string[]
  /** Reverse proxies whose `X-Forwarded-For` is believed; everybody else's is passed over. */
  readonly forwardedForFrom: readonly string[]
}

/** Who stands between clients and this broker, and may say whom it speaks for. */
export class Between {
  readonly #balancers: BlockList
  readonly #reverseProxies: BlockList

  constructor({ proxyProtocolFrom, forwardedForFrom }: Intermediaries) {
    this.#balancers = blockListOf(proxyProtocolFrom)
    this.#reverseProxies = blockListOf(forwardedForFrom)
  }

  isBalancer(address: string): boolean {
    return isIn(this.#balancers, address)
  }

  /** Whether many clients come from there, each of whom its requests name. */
  isReverseProxy(address: string): boolean {
    return isIn(this.#reverseProxies, address)
  }

  /**
   * Whose a request is. Each proxy adds the address it was called from at the end, and what is in front may be a
   * lie: so from the end, as far as the addresses are proxies of ours.
   *
   * @param peer who is connected
   * @param forwardedFor the whole header, if there is one
   */
  client(peer: string, forwardedFor: string | undefined): string {
    let client = peer
    for (const hop of (forwardedFor ?? '').split(',').toReversed()) {
      const address = hopAddress(hop)
      if (address === undefined || !isIn(this.#reverseProxies, client)) break
      client = address
    }
    return client
  }
}

/** With a port or brackets, as some proxies write it. @returns undefined if it is no address */
function hopAddress(hop: string): string | undefined {
  const text = hop.trim()
  const [, inBrackets] = /^\[([^\]]+)\](?::\d+)?$/.exec(text) ?? []
  const [, withPort] = /^([\d.]+):\d+$/.exec(text) ?? []
  const address = inBrackets ?? withPort ?? text
  return isIP(address) === 0 || address.includes('%') ? undefined : plainAddress(address)
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = familyOf(address)
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

function isIn(list: BlockList, address: string): boolean {
  const plain = plainAddress(address)
  return isIP(plain) !== 0 && list.check(plain, familyOf(plain))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6'
}
