import { Keyspace, RedisError, Status, type RedisReply, type Undo } from './keyspace.ts'
import { CommandReader, encodeReply } from './resp.ts'
import { Scripts } from './scripts.ts'

/** What a server stands on. */
export interface RedisHost {
  /** It says that it is the only master of a cluster, at this address: what is decided at it is carried out bit by bit. */
  readonly clusterAt?: { readonly host: string; readonly port: number }
  /** Unix ms. */
  wallMs(): number
  /** 0 <= x < 1. */
  chance(): number
  /** Calls back when all that was written is on the disk. Nothing else is done meanwhile. */
  flush(done: () => void): void
  /** Whether a frame that is published gets to nobody. */
  losesFrame(): boolean
}

/** Somebody's connection to the server. */
export interface RedisPeer {
  send(bytes: Buffer): void
}

interface Session {
  readonly peer: RedisPeer
  readonly reader: CommandReader
}

/** Of a cluster, shared out over its masters. */
const SLOTS = 16_384
/** How far back a replica may be, ms. */
const HISTORY_MS = 5_000

/**
 * A Redis server with `appendonly yes` and `appendfsync always`: one thing after the other; nobody is answered before what
 * was written is on the disk. The product's own scripts run in it.
 */
export class RedisModel {
  readonly keys: Keyspace
  readonly #scripts: Scripts
  readonly #host: RedisHost
  readonly #sessions = new Map<RedisPeer, Session>()
  readonly #subscribers = new Map<string, Set<RedisPeer>>()
  #waiting: { session: Session; commands: string[][] }[] = []
  #isFlushing = false
  /** What was written last and is not on the disk yet. */
  #unflushed: Undo = new Map()
  /** What replicas may not have got, oldest first. */
  #history: { readonly atMs: number; readonly undo: Undo }[] = []
  #run = 0
  #replication = 0

  constructor(host: RedisHost) {
    this.#host = host
    this.keys = new Keyspace(() => host.chance())
    this.#scripts = new Scripts(this.keys, () => host.wallMs())
  }

  /** A connection. @returns what is to be told of it */
  connected(peer: RedisPeer): { bytes(chunk: Uint8Array): void; closed(): void } {
    const session = { peer, reader: new CommandReader() }
    this.#sessions.set(peer, session)
    return {
      bytes: (chunk) => {
        if (!this.#sessions.has(peer)) return
        this.#waiting.push({ session, commands: session.reader.read(chunk) })
        this.#work()
      },
      closed: () => this.#forget(peer),
    }
  }

  /** Who listens to what others publish. */
  get subscribers(): readonly RedisPeer[] {
    return [...this.#subscribers.values()].flatMap((peers) => [...peers])
  }

  /** The process ended: what was not flushed is there all the same, or not. Scripts and connections are gone. */
  restart(): void {
    if (this.#host.chance() < 0.5) this.keys.takeBack(this.#unflushed)
    this.#begin()
  }

  /** A replica that had got nothing of the last `behindMs` takes its place. */
  failOver(behindMs: number): void {
    this.keys.takeBack(this.#unflushed)
    const sinceMs = this.#host.wallMs() - behindMs
    for (const { atMs, undo } of this.#history.toReversed()) if (atMs > sinceMs) this.keys.takeBack(undo)
    this.#replication++
    this.#begin()
  }

  #begin(): void {
    this.#run++
    this.#unflushed = new Map()
    this.#history = []
    this.#waiting = []
    this.#isFlushing = false
    this.#sessions.clear()
    this.#subscribers.clear()
    this.#scripts.forgetAll()
  }

  #forget(peer: RedisPeer): void {
    this.#sessions.delete(peer)
    for (const peers of this.#subscribers.values()) peers.delete(peer)
  }

  #work(): void {
    while (!this.#isFlushing) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      const { session, commands } = next
      const answer = commands.map((parts) => encodeReply(this.#carryOut(session, parts))).join('')
      const send = (): void => {
        if (answer !== '' && this.#sessions.has(session.peer))
          session.peer.send(Buffer.from(answer, 'latin1'))
      }
      const undo = this.keys.written()
      if (undo.size === 0) send()
      else this.#flush(undo, send)
    }
  }

  #flush(undo: Undo, done: () => void): void {
    const run = this.#run
    this.#isFlushing = true
    this.#unflushed = undo
    this.#host.flush(() => {
      if (run !== this.#run) return
      const atMs = this.#host.wallMs()
      this.#history = this.#history.filter((past) => past.atMs > atMs - HISTORY_MS)
      this.#history.push({ atMs, undo })
      this.#unflushed = new Map()
      this.#isFlushing = false
      done()
      this.#work()
    })
  }

  #carryOut(session: Session, [name = '', ...args]: readonly string[]): RedisReply {
    try {
      return this.#command(session, name.toUpperCase(), args)
    } catch (error) {
      if (error instanceof RedisError) return error
      throw error
    }
  }

  #command(session: Session, name: string, args: readonly string[]): RedisReply {
    switch (name) {
      case 'EVAL':
        return this.#script(this.#scripts.learn(args[0] as string), args.slice(1))
      case 'EVALSHA':
        return this.#script(args[0] as string, args.slice(1))
      case 'SPUBLISH':
        return this.#publish(args[0] as string, args[1] as string)
      case 'SSUBSCRIBE': {
        const channel = args[0] as string
        const peers = this.#subscribers.get(channel) ?? new Set()
        this.#subscribers.set(channel, peers.add(session.peer))
        return ['ssubscribe', channel, 1]
      }
      case 'INFO':
        return this.#info()
      case 'CLUSTER':
        return this.#slots(args[0])
      case 'CONFIG':
        return args[1] === 'appendfsync' ? ['appendfsync', 'always'] : [args[1] as string, 'noeviction']
      case 'CLIENT':
      case 'SELECT':
        return new Status('OK')
      case 'PING':
        return new Status('PONG')
      default:
        return this.keys.call(name, args)
    }
  }

  #script(sha: string, [count = '0', ...rest]: readonly string[]): RedisReply {
    return this.#scripts.run(sha, rest.slice(0, Number(count)), rest.slice(Number(count)))
  }

  #publish(channel: string, frame: string): number {
    if (this.#host.losesFrame()) return 0
    const peers = [...(this.#subscribers.get(channel) ?? [])]
    const message = Buffer.from(encodeReply(['smessage', channel, frame]), 'latin1')
    for (const peer of peers) peer.send(message)
    return peers.length
  }

  #slots(of: string | undefined): RedisReply {
    const { clusterAt } = this.#host
    if (clusterAt === undefined || of?.toUpperCase() !== 'SLOTS')
      throw new RedisError('ERR This instance has cluster support disabled')
    return [[0, SLOTS - 1, [clusterAt.host, clusterAt.port]]]
  }

  #info(): string {
    return [
      'redis_version:7.2.0',
      `run_id:${String(this.#run).padStart(40, '0')}`,
      'loading:0',
      'aof_enabled:1',
      'role:master',
      'connected_slaves:0',
      `master_replid:${String(this.#replication).padStart(40, '0')}`,
      `cluster_enabled:${this.#host.clusterAt === undefined ? 0 : 1}`,
      '',
    ].join('\r\n')
  }
}
