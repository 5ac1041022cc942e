import { join } from 'node:path'
import type { BrokerConfig } from '../../broker/config.ts'
import type { RunningBroker } from '../../broker/main.ts'
import type { WorkerConfig } from '../../workers/config.ts'
import { clientHost, isEverywhere, isOpen, NOT_ENCRYPTED } from './address.ts'
import { DATA_DIR } from './data-dir.ts'
import { URL_DEFAULT } from './target.ts'
import { version } from './version.ts'

/** What `start` says once it runs: where it listens, what it stores where, what that promises, what to type next. */
export function greeting(broker: BrokerConfig, worker: WorkerConfig, running: RunningBroker): string {
  const host = clientHost(broker.plainHost)
  const at = isEverywhere(broker.plainHost) ? '   on all addresses of this machine' : ''
  const { dataDir } = broker
  const mailboxes =
    broker.redisUrls === undefined ? `lmdb in ${join(dataDir, 'mailboxes')}` : 'Redis, by REDIS_URL'
  const directory =
    worker.databaseUrl === undefined
      ? `PGlite in ${join(dataDir, 'directory')}`
      : 'PostgreSQL, by DATABASE_URL'
  return `restante ${version()} is running. Ctrl-C stops it.

  MQTT        mqtt://${host}:${running.tcpPort}${at}
  WebSocket   ws://${host}:${running.httpPort}/mqtt
${secured(broker, running)}  Health      http://${host}:${running.httpPort}/healthz /readyz
  Operations  http://${clientHost(broker.operationsHost)}:${running.operationsPort}/metrics

  Mailboxes   ${mailboxes}
  Directory   ${directory}
  Tokens      ${tokensFrom(broker)}

${isOpen(broker) ? `  ${NOT_ENCRYPTED}\n\n` : ''}${promise(broker, worker)}
Next, in other terminals:
${nextCommands(broker, running)}`
}

function secured(broker: BrokerConfig, { mqttsPort, httpsPort }: RunningBroker): string {
  if (broker.tls === undefined) return ''
  const host = clientHost(broker.host)
  const at = isEverywhere(broker.host) ? '   on all addresses of this machine' : ''
  return `  TLS         mqtts://${host}:${mqttsPort}   wss://${host}:${httpsPort}/mqtt${at}\n`
}

function tokensFrom({ keys, dataDir }: BrokerConfig): string {
  switch (keys.kind) {
    case 'secret-file':
      return `signed with ${join(dataDir, 'jwt-secret')}`
    case 'public-key-file':
      return `checked with ${keys.path}`
    case 'jwks':
      return `checked with the keys at ${keys.url}`
  }
}

/** Only of what is embedded: servers of their own promise what their operators set them to. */
function promise(broker: BrokerConfig, worker: WorkerConfig): string {
  const lines: string[] = []
  const missing: string[] = []
  if (broker.redisUrls === undefined) {
    lines.push('Acknowledged messages are flushed to disk: they survive kill -9 and power cuts.')
    missing.push('REDIS_URL')
  }
  if (worker.databaseUrl === undefined) {
    lines.push('The directory is flushed to disk: it survives kill -9 and power cuts.')
    missing.push('DATABASE_URL')
  }
  if (missing.length > 0) {
    lines.push(`To grow: set ${missing.join(' and ')}, and run brokers and workers as`)
    lines.push('processes of their own; docs/operating.md has the steps.')
  }
  return lines.map((line) => `  ${line}\n`).join('')
}

/** What works as it stands in another terminal of the same directory. */
function nextCommands(broker: BrokerConfig, running: RunningBroker): string {
  const address = `mqtt://${clientHost(broker.plainHost)}:${running.tcpPort}`
  const url = address === URL_DEFAULT ? '' : ` --url ${address}`
  if (broker.keys.kind !== 'secret-file')
    return `  npx restante chat --token <a token of alice> --to bob${url}`
  const data = broker.dataDir === DATA_DIR ? '' : ` --data ${quoted(broker.dataDir)}`
  return [
    `  npx restante user add alice bob${url}${data}`,
    `  npx restante chat alice --to bob${url}${data}`,
    `  npx restante chat bob --to alice${url}${data}`,
  ].join('\n')
}

function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
