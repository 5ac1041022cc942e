/** One way to break the product, and the test that must not let it pass. */
export interface Mutation {
  readonly breaks: string
  readonly file: string
  /** Stands once in the file. */
  readonly from: string
  readonly to: string
  readonly seenBy: {
    /** As vitest.config.ts has it. */
    readonly project: string
    readonly file: string
    /** The test's own title, or a part of it that no other test of the file has. */
    readonly test: string
  }
}

const unit = (file: string, test: string): Mutation['seenBy'] => ({
  project: 'unit',
  file: `test/unit/${file}.test.ts`,
  test,
})

const JOURNAL = 'broker/mailbox/lmdb/journal/journal-files.ts'
const flushedByEachWrite = unit(
  'broker/mailbox/journal-files',
  'writes to nothing that a write does not flush',
)
const typingTest = (test: string): Mutation['seenBy'] => unit('workers/chat/query-typing', test)

const counters = (of: 'broker' | 'workers'): Mutation['seenBy'] =>
  unit(`${of}/metrics`, 'by what it was told, and no others')
const inLmdb = (test: string): Mutation['seenBy'] => ({
  project: 'contract',
  file: 'test/contract/local-store.lmdb.test.ts',
  test,
})
const inBrowser: Mutation['seenBy'] = {
  project: 'integration on lmdb + PGlite',
  file: 'test/integration/sdk/browser.test.ts',
  test: 'a write to IndexedDB is one transaction, flushed, and over when it resolves',
}

/** What tests once did not see. Whoever finds another one that passes adds it, with its test. */
export const MUTATIONS: readonly Mutation[] = [
  {
    breaks: 'no node ever sweeps',
    file: 'broker/node.ts',
    from: 'this.#sweeper.start()',
    to: '',
    seenBy: unit('broker/mailbox/sweeper', 'a node sweeps from its start on, again and again'),
  },
  {
    breaks: 'a node sweeps once',
    file: 'broker/mailbox/sweeper.ts',
    from: 'if (this.#timer !== undefined) this.#arm(',
    to: 'if (this.#timer === undefined) this.#arm(',
    seenBy: unit('broker/mailbox/sweeper', 'a node sweeps from its start on, again and again'),
  },
  {
    breaks: 'a new file of the journal is written without O_DSYNC',
    file: JOURNAL,
    from: 'return { number, file: await this.#open(number), last: 0 }',
    to: 'return { number, file: await disk.open(path, constants.O_RDWR), last: 0 }',
    seenBy: flushedByEachWrite,
  },
  {
    breaks: 'a file of the journal that is used again is written without O_DSYNC',
    file: JOURNAL,
    from: 'this.#free.push({ number, file: await this.#open(number), last: 0 })',
    to: 'this.#free.push({ number, file: await this.#disk.open(this.#path(number), constants.O_RDWR), last: 0 })',
    seenBy: flushedByEachWrite,
  },
  {
    breaks: 'on Redis a late FINISHED deletes whatever is pending',
    file: 'broker/mailbox/redis/lua/partitions.ts',
    from: "'finished',\n  /* lua */ `\n  if redis.call('LINDEX', KEYS[k], 0) ~= ARGV[a]",
    to: "'finished',\n  /* lua */ `\n  if false",
    seenBy: {
      project: 'contract (production)',
      file: 'test/contract/production/redis-pending.test.ts',
      test: 'is kept when an earlier owner is late to say that it has finished its own',
    },
  },
  {
    breaks: 'the outbox publishes what is not stored yet',
    file: 'clients/sdk/outbox/outbox.ts',
    from: 'if (!entry.isStored || entry.notBeforeMs > now) {',
    to: 'if (entry.notBeforeMs > now) {',
    seenBy: unit('clients/sdk/outbox/stored-first', 'nothing is published that the store does not have'),
  },
  {
    breaks: 'the outbox takes for stored what is being stored',
    file: 'clients/sdk/outbox/outbox.ts',
    from: 'void this.#parts.write(changes).then(stored,',
    to: 'stored(), void this.#parts.write(changes).then(() => {},',
    seenBy: unit('clients/sdk/outbox/stored-first', 'nothing is published that the store does not have'),
  },
  {
    breaks: 'the outbox has more on its way than the server remembers',
    file: 'clients/sdk/outbox/window.ts',
    from: 'UNANSWERED_PER_CHAT_MAX = REPEATS_REMEMBERED_MAX',
    to: 'UNANSWERED_PER_CHAT_MAX = 2 * REPEATS_REMEMBERED_MAX',
    seenBy: unit('clients/sdk/outbox/window', 'G8: no more than the window of a chat is published'),
  },
  {
    breaks: 'client and server agree on another window',
    file: 'proto/limits.ts',
    from: 'REPEATS_REMEMBERED_MAX = 64',
    to: 'REPEATS_REMEMBERED_MAX = 32',
    seenBy: unit('clients/sdk/outbox/window', 'G8: no more than the window of a chat is published'),
  },
  {
    breaks: 'a connection resets the backoff, however short it was',
    file: 'clients/sdk/connection/connection.ts',
    from: ' && performance.now() - this.#connectedAtMs >= STABLE_MS',
    to: '',
    seenBy: unit('clients/sdk/connection/attempts', 'a connection that ends at once is one more failure'),
  },
  {
    breaks: 'nothing resets the backoff',
    file: 'clients/sdk/connection/connection.ts',
    from: 'if (wasStable) this.#attempt = 0',
    to: '',
    seenBy: unit('clients/sdk/connection/attempts', 'a connection that lasted begins anew'),
  },
  {
    breaks: 'questions are not asked again after a reconnect',
    file: 'clients/sdk/requests/requests.ts',
    from: 'for (const [request, { ask }] of this.#open) publish(ask, request)',
    to: '',
    seenBy: unit('clients/sdk/requests/requests', 'is asked again after a reconnect, with its number'),
  },
  {
    breaks: 'an old change that comes again is applied over a newer one',
    file: 'clients/sdk/inbox/receiver.ts',
    from: "if (fate === 'repeat') return",
    to: '',
    seenBy: unit('clients/sdk/inbox/repeated-changes', 'an old change that comes again changes nothing'),
  },
  {
    breaks: 'who left a chat can still be seen typing',
    file: 'workers/chat/commands/typing.ts',
    from: 'chat.member(user)',
    to: 'chat.ever(user)',
    seenBy: typingTest('is shown to nobody, and nothing is shown to them'),
  },
  {
    breaks: 'who left a chat still sees others typing',
    file: 'workers/chat/state.ts',
    from: '    this.#audience = undefined',
    to: '',
    seenBy: typingTest('is shown to nobody, and nothing is shown to them'),
  },
  {
    breaks: 'a connection has as many filters as it likes',
    file: 'broker/engine/hooks/authorize-subscribe.ts',
    from: 'peer.filters.size < limits.filtersMax',
    to: 'true',
    seenBy: unit('broker/engine/filters', 'one beyond the limit gets 0x80'),
  },
  {
    breaks: 'a filter that a connection has takes room again',
    file: 'broker/engine/hooks/authorize-subscribe.ts',
    from: 'peer.filters.has(filter) || ',
    to: '',
    seenBy: unit('broker/engine/filters', 'one beyond the limit gets 0x80'),
  },
  {
    breaks: 'in lmdb a put is a transaction of its own',
    file: 'clients/sdk/store/lmdb-store.ts',
    from: 'if (!isOwner) throw storeTaken()',
    // Behind the commit, or lmdb may take it into the same one.
    to: "for (const change of changes) if ('put' in change) void db.put(keyOf(change), change.put)",
    seenBy: inLmdb('a write is one transaction'),
  },
  {
    breaks: 'in lmdb a write does not wait for the flush',
    file: 'clients/sdk/store/lmdb-store.ts',
    from: 'await db.flushed',
    to: '',
    seenBy: inLmdb('a write resolves when it is flushed'),
  },
  {
    breaks: 'in IndexedDB each change is a transaction of its own',
    file: 'clients/sdk/store/indexeddb-store.ts',
    from: 'const table = transaction.objectStore(change.table)',
    to: "const table = this.#database.transaction(TABLES, 'readwrite').objectStore(change.table)",
    seenBy: inBrowser,
  },
  {
    breaks: 'in IndexedDB a write does not wait for its end',
    file: 'clients/sdk/store/indexeddb-store.ts',
    from: 'await completed(transaction)',
    to: '',
    seenBy: inBrowser,
  },
  {
    breaks: 'in IndexedDB a write need not be flushed',
    file: 'clients/sdk/store/indexeddb-store.ts',
    from: "{ durability: 'strict' }",
    to: "{ durability: 'relaxed' }",
    seenBy: inBrowser,
  },
  {
    breaks: 'entries on lanes are counted as frames are',
    file: 'broker/metrics.ts',
    from: "this.count('lane_entries_total', entries)",
    to: "this.count('lane_entries_total')",
    seenBy: counters('broker'),
  },
  {
    breaks: 'a commit that was refused is counted as one that was done',
    file: 'broker/metrics.ts',
    from: "this.count('work_commits_total', 1, outcome)",
    to: "this.count('work_commits_total', 1, 'done')",
    seenBy: counters('broker'),
  },
  {
    breaks: 'what a worker applied is counted by frames',
    file: 'workers/metrics.ts',
    from: 'this.#entries.inc({ kind }, count)',
    to: 'this.#entries.inc({ kind })',
    seenBy: counters('workers'),
  },
  {
    breaks: 'what was refused is told behind its PUBACK',
    file: 'broker/work/fanout.ts',
    from: 'lane.tellRefused()',
    to: '',
    seenBy: unit('broker/work/fanout', 'tells what was refused in front of its PUBACK'),
  },
  {
    breaks: 'a PUBACK counts before what came in front of it',
    file: 'workers/loop/link.ts',
    from: 'if (!error) this.#take(partitions)',
    to: 'if (!error) this.#settled(partitions)',
    seenBy: unit('workers/loop/link', 'a PUBACK counts when all that came before it is carried out'),
  },
  {
    breaks: 'a worker tells the directory how far a partition is before it has asked',
    file: 'workers/loop/copy/copy.ts',
    from: '(await this.#isCompared(current)) && ',
    to: '',
    seenBy: unit(
      'workers/loop/older-mailboxes',
      'are not taken for older because of what their worker has told',
    ),
  },
]
