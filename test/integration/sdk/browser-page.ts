import { connect, durableStore, type Client } from '../../../clients/browser.ts'
import { LOCAL_STORE_CASES } from '../../contract/local-store.ts'

/** What the tests call in the page. Bundled by the test for the browser. */
declare global {
  var page: typeof api
}

let client: Client
const seen: string[] = []

const api = {
  cases: (): string[] => LOCAL_STORE_CASES.map(({ name }) => name),

  async runCase(name: string): Promise<void> {
    const database = `contract ${name}`
    await LOCAL_STORE_CASES.find((one) => one.name === name)?.run(() => durableStore(database))
  },

  async open(url: string, token: string, store: string): Promise<string> {
    client = await connect({ url, token, device: 'browser', store: durableStore(store) })
    client.on('message', ({ seq, sender, text }) => seen.push(`${seq} ${sender} ${text}`))
    return client.user
  },

  /** Sends, waits for ✓✓. @returns its seq */
  async send(peer: string, text: string): Promise<number> {
    const sent = await client.direct(peer).send({ text })
    await sent.delivered
    return sent.accepted
  },

  async read(peer: string): Promise<void> {
    await client.direct(peer).markRead()
  },

  async history(peer: string): Promise<string[]> {
    const messages = await client.direct(peer).history()
    return messages.map(({ sender, text, state }) => `${sender} ${text} ${state ?? ''}`.trim())
  },

  /** Sends a body of that many bytes. */
  async sendBytes(peer: string, count: number): Promise<void> {
    await (await client.direct(peer).send({ body: new Uint8Array(count).fill(7) })).delivered
  },

  seen: (): string[] => seen,
  close: (): Promise<void> => client.close(),
}

globalThis.page = api
