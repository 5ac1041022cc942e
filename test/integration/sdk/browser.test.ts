import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build, type BuildResult } from 'esbuild'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { connect, type Client } from '../../../clients/index.ts'
import { LOCAL_STORE_CASES } from '../../contract/local-store.ts'
import { until } from '../../support/deadline.ts'
import { useServer } from '../../support/use-server.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

async function bundle(entry: string): Promise<BuildResult<{ metafile: true; write: false }>> {
  return build({
    entryPoints: [entry],
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
}

test('the bundle for browsers has no server code and no part of Node in it', async () => {
  const { metafile, outputFiles } = await bundle('clients/browser.ts')
  const inputs = Object.keys(metafile.inputs)
  const ours = inputs.filter((path) => !path.startsWith('node_modules/'))
  expect(ours.length).toBeGreaterThan(20)
  expect(ours.filter((path) => !/^(clients\/(browser|exports|sdk\/)|proto\/)/.test(path))).toEqual([])
  expect(ours.filter((path) => /server|lmdb|platform-node|clients\/cli/.test(path))).toEqual([])
  const packages = new Set(
    inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  )
  expect([...packages].sort()).toEqual(['@noble/hashes', 'long', 'mqtt', 'protobufjs'])
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  expect(imported.filter((path) => builtinModules.includes(path.replace('node:', '')))).toEqual([])
  expect(outputFiles[0]?.text).not.toMatch(/\brequire\(["'](?:node:)?(?:net|tls|fs|crypto)["']\)/)
})

test('the package gives browsers that entry', () => {
  const manifest = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
    exports: Record<string, Record<string, string>>
  }
  expect(manifest.exports['.']?.['browser']).toBe('./dist/clients/browser.js')
})

const isRequired = process.env['REQUIRE_SERVICES'] === '1'

describe.skipIf(!isRequired && !existsSync(CHROMIUM))(`in ${CHROMIUM}`, () => {
  const running = useServer()
  let web: Server
  let browser: Browser
  let page: Page
  const errors: string[] = []

  beforeAll(async () => {
    const script = (await bundle('test/integration/sdk/browser-page.ts')).outputFiles[0]?.text ?? ''
    web = createServer(({ url }, response) => {
      // As strict as a careful page: no eval, no worker, connections to the server only.
      response.setHeader(
        'content-security-policy',
        "default-src 'none'; script-src 'self'; connect-src ws:; worker-src 'none'",
      )
      const isScript = url === '/page.js'
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
      response.end(isScript ? script : '<!doctype html><script type="module" src="/page.js"></script>')
    })
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
    page = await (await browser.newContext()).newPage()
    page.on('pageerror', (error) => errors.push(String(error)))
    await load()
  })
  afterAll(async () => {
    await browser?.close()
    await new Promise((resolve) => web?.close(resolve))
    expect(errors).toEqual([])
  })

  async function load(tab = page): Promise<void> {
    await tab.goto(`http://127.0.0.1:${(web.address() as AddressInfo).port}/`)
    await tab.waitForFunction(() => globalThis.page !== undefined)
  }

  /** Another tab of the same browser, with the same databases. */
  async function otherTab(): Promise<Page> {
    const tab = await page.context().newPage()
    tab.on('pageerror', (error) => errors.push(String(error)))
    onTestFinished(() => tab.close())
    await load(tab)
    return tab
  }

  async function open(user: string): Promise<void> {
    const url = `ws://127.0.0.1:${running.server.httpPort}/mqtt`
    const token = await running.token(user)
    await page.evaluate(
      ([at, jwt]) => globalThis.page.open(at as string, jwt as string, 'chats'),
      [url, token],
    )
  }

  test.each(LOCAL_STORE_CASES.map(({ name }) => name))('local store on IndexedDB: %s', async (name) => {
    await page.evaluate((one) => globalThis.page.runCase(one), name)
  })

  test('a write to IndexedDB is one transaction, flushed, and over when it resolves (G1, G2)', async () => {
    expect(await page.evaluate(() => globalThis.page.watchWrite())).toEqual({
      transactions: 1,
      durability: ['strict'],
      isOver: true,
    })
  })

  test('a tab lets go of its database when another has a newer version of it, and its client ends', async () => {
    const name = 'let go'
    await load()
    expect(await page.evaluate((at) => globalThis.page.openStore(at), name)).toBe('open')
    const newer = await otherTab()
    expect(await newer.evaluate((at) => globalThis.page.openRaw(at, 99), name)).toBe(99)
    // Or it has noticed by itself: it looks who has the store whenever a connection fails.
    expect(['store-taken', 'closed']).toContain(await page.evaluate(() => globalThis.page.sendInStore('bob')))
    await until(async () => (await page.evaluate(() => globalThis.page.seen())).length > 0, 5_000, 'the end')
    expect(await page.evaluate(() => globalThis.page.seen())).toEqual(['closed: store-taken'])
  })

  test('a database of 0.1.0 is taken over, and its tab has to be closed for that', async () => {
    const name = 'of 0.1.0'
    const older = await otherTab()
    expect(await older.evaluate((at) => globalThis.page.openRaw(at, 1), name)).toBe(1)
    await older.evaluate(() => globalThis.page.putRaw())
    await load()
    expect(await page.evaluate((at) => globalThis.page.openStore(at), name)).toBe('store-failed')
    await older.evaluate(() => globalThis.page.closeRaw())
    expect(await page.evaluate((at) => globalThis.page.openStore(at), name)).toBe('open')
    await until(
      async () => (await page.evaluate(() => globalThis.page.seen())).length > 0,
      5_000,
      'a message',
    )
    expect(await page.evaluate(() => globalThis.page.seen())).toEqual(['2 bob 2'])
    await page.evaluate(() => globalThis.page.close())
  })

  test('a wrong address is told as far as a browser tells, with what to look at', async () => {
    const at = `127.0.0.1:${running.server.httpPort}`
    const token = await running.token('alice')
    const failure = (url: string): Promise<string> =>
      page.evaluate(([to, jwt]) => globalThis.page.failure(to as string, jwt as string), [url, token])
    expect(await failure(`ws://${at}/chat`)).toMatch(/^untold: .*does the server run, is the path right/)
    // The page's Content-Security-Policy does not name it.
    expect(await failure(`wss://${at}/mqtt`)).toMatch(/^untold: .* must name .* in connect-src/)
    expect(await failure(`mqtt://${at}`)).toMatch(/^bad-url: a browser connects to ws:/)
  })

  test('a page and a Node client exchange messages; a reload goes on where it was (G4)', async () => {
    const url = `mqtt://127.0.0.1:${running.server.port}`
    const bob: Client = await connect({ url, token: await running.token('bob'), device: 'phone' })
    const atBob: string[] = []
    bob.on('message', ({ seq, sender, text, body }) => atBob.push(`${seq} ${sender} ${text ?? body?.length}`))
    await load()
    await open('alice')
    expect(await page.evaluate(() => globalThis.page.send('bob', 'from the page'))).toBe(1)
    await (await bob.direct('alice').send({ text: 'from Node 😀' })).delivered
    const seen = (): Promise<string[]> => page.evaluate(() => globalThis.page.seen())
    await until(async () => (await seen()).length === 1, 5_000, 'the message in the page')
    expect(await seen()).toEqual(['2 bob from Node 😀'])
    const read = await bob.direct('alice').send({ text: 'read this' })
    await until(async () => (await seen()).length === 2, 5_000, 'the message in the page')
    await page.evaluate(() => globalThis.page.read('bob'))
    await read.read

    await load()
    await (await bob.direct('alice').send({ text: 'while reloading' })).accepted
    await open('alice')
    await until(async () => (await seen()).length === 1, 5_000, 'the message after the reload')
    expect(await seen()).toEqual(['4 bob while reloading'])
    await page.evaluate(() => globalThis.page.sendBytes('bob', 60_000))
    expect(atBob).toEqual(['1 alice from the page', '5 alice 60000'])
    expect(await page.evaluate(() => globalThis.page.history('bob'))).toEqual([
      'alice from the page delivered',
      'bob from Node 😀',
      'bob read this',
      'bob while reloading',
      'alice undefined delivered',
    ])
    await page.evaluate(() => globalThis.page.close())
    await bob.close()
  })
})
