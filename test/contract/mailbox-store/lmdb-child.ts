import { lockDataDirectory } from '../../../kit/directory-lock.ts'
import { openLmdbStore } from '../../../broker/mailbox/lmdb/lmdb-store.ts'
import type { MailboxStore } from '../../../broker/mailbox/store.ts'

/**
 * A process of its own that works on a directory until it is killed, and prints a line for each thing that the store
 * has acknowledged: `node --import tsx lmdb-child.ts <work> <directory>`.
 */
const LIMITS = {
  userEntriesMax: 1_000_000,
  userBytesMax: 1_000_000_000,
  strangersPercentMax: 20,
  partitionEntriesMax: 1_000_000,
  partitionBytesMax: 1_000_000_000,
  deadEntriesMax: 1_000,
  devicesPerUserMax: 3,
  retentionMs: 30 * 24 * 3_600_000,
}
const SIZES = { segmentBytes: 20_000, segmentsMax: 2, mailboxesCachedMax: 5 }

const [, , work, directory = ''] = process.argv
// Node would end at the limit of file sizes; we want to see the failing write.
process.on('SIGXFSZ', () => undefined)

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Appends to ten mailboxes, each from its own caller. */
async function appendForEver(store: MailboxStore): Promise<void> {
  const callers = Array.from({ length: 10 }, async (_, i) => {
    for (;;) {
      const mailbox = `u/user${i}`
      const items = Array.from({ length: 1 + (i % 3) }, (__, k) => ({
        mailbox,
        bytes: Buffer.from(`${i}/${k}`),
      }))
      for (const outcome of await store.append(items)) {
        if (outcome.outcome === 'stored') say(`stored ${mailbox} ${outcome.position}`)
      }
    }
  })
  await Promise.all(callers)
}

/** Moves a partition's entries to two users, one by one, with their number as state. */
async function commitForEver(store: MailboxStore): Promise<void> {
  const item = { mailbox: 'p/1', reader: 'worker', node: 'child', ttlMs: 1_000 }
  const [lease] = await store.attach([item])
  if (lease?.outcome !== 'attached') throw new Error('no lease')
  for (let number = lease.cursor + 1; ; number++) {
    if (number > lease.head) await store.append([{ mailbox: 'p/1', bytes: Buffer.from(`${number}`) }])
    const bytes = Buffer.from(`${number}`)
    const outcome = await store.commit({
      partition: 1,
      epoch: lease.epoch,
      from: number - 1,
      upTo: number,
      puts: [{ chat: 'chat', field: 'last', value: bytes }],
      appends: [
        { mailbox: 'u/left', bytes },
        { mailbox: 'u/right', bytes },
      ],
    })
    if (outcome.outcome === 'done') say(`committed ${number}`)
  }
}

/** Appends large entries until the store refuses, then again and again until it takes one. */
async function fill(store: MailboxStore): Promise<void> {
  const large = Buffer.alloc(50_000, 'x')
  let refused = false
  for (let number = 1; ; number++) {
    try {
      const [outcome] = await store.append([{ mailbox: 'u/ann', bytes: large }])
      if (outcome?.outcome === 'stored') say(`stored u/ann ${outcome.position}`)
      if (refused) say('again')
      refused = false
    } catch (error) {
      if (!refused) say(`refused ${(error as { code?: string }).code}`)
      refused = true
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

await lockDataDirectory(directory)
if (work === 'lock') say('locked')
else {
  const store = await openLmdbStore({ directory, limits: LIMITS, ...SIZES })
  say('open')
  if (work === 'fill') await fill(store)
  await Promise.all([appendForEver(store), commitForEver(store)])
}
setInterval(() => undefined, 60_000)
