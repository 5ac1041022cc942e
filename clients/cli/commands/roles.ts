import { join } from 'node:path'
import { Command } from 'commander'
import { readBrokerConfig } from '../../../broker/config.ts'
import { startBroker } from '../../../broker/main.ts'
import { guardProcess } from '../../../kit/last-line.ts'
import { createLog } from '../../../kit/log.ts'
import { Settings } from '../../../kit/settings.ts'
import { readWorkerConfig } from '../../../workers/config.ts'
import { startWorker } from '../../../workers/main.ts'
import { clientHost, isOpen, NOT_ENCRYPTED } from '../address.ts'
import { endWith, untilStopped } from '../io/signals.ts'

/** The roles of a server as processes of their own, set by their environment alone. */
export function brokerCommand(): Command {
  return new Command('broker')
    .description('run a broker: connections and mailboxes')
    .addHelpText(
      'after',
      `
Set by its environment; docs/operating.md has all settings.

Example:
  REDIS_URL=redis://127.0.0.1:6379 RESTANTE_JWT_PUBLIC_KEY_FILE=keys.pem npx restante broker
`,
    )
    .action(async () => {
      const settings = new Settings(process.env)
      const config = readBrokerConfig(settings)
      readWorkerConfig(settings) // brokers and workers may share one file of settings
      settings.finish()
      const log = createLog(config.logLevel, { process: 'broker' })
      guardProcess(log)
      const broker = await startBroker(config, { log })
      const host = clientHost(config.plainHost)
      console.log(`broker: mqtt://${host}:${broker.tcpPort}`)
      console.log(`broker: ws://${host}:${broker.httpPort}/mqtt`)
      console.log(`broker: http://${clientHost(config.operationsHost)}:${broker.operationsPort}/metrics`)
      if (broker.mqttsPort !== undefined) {
        const secureHost = clientHost(config.host)
        console.log(`broker: mqtts://${secureHost}:${broker.mqttsPort}`)
        console.log(`broker: wss://${secureHost}:${broker.httpsPort}/mqtt`)
      }
      if (isOpen(config)) console.log(`broker: ${NOT_ENCRYPTED}`)
      // Whoever forgot the address of the shared store sees it here, and not when others do not find what it has.
      console.log(`broker: mailboxes in ${config.redisUrls ? 'Redis' : join(config.dataDir, 'mailboxes')}`)
      await untilStopped()
      endWith(await broker.stop(config.stopMsMax))
    })
}

export function workerCommand(): Command {
  return new Command('worker')
    .description('run a worker: what chats are')
    .addHelpText(
      'after',
      `
Set by its environment; docs/operating.md has all settings.

Example:
  RESTANTE_BROKER_URL=mqtt://127.0.0.1:1883 RESTANTE_WORKER_TOKEN_FILE=worker.jwt \\
    DATABASE_URL=postgres://127.0.0.1/restante npx restante worker
`,
    )
    .action(async () => {
      const settings = new Settings(process.env)
      const config = readWorkerConfig(settings)
      readBrokerConfig(settings) // brokers and workers may share one file of settings
      settings.finish()
      const log = createLog(config.logLevel, { process: 'worker' })
      guardProcess(log)
      const worker = await startWorker(config, log)
      console.log(`worker: ${config.name} serves ${config.brokerUrl}`)
      console.log(
        `worker: directory in ${config.databaseUrl ? 'PostgreSQL' : join(config.dataDir, 'directory')}`,
      )
      if (worker.httpPort !== undefined)
        console.log(`worker: http://${clientHost(config.operationsHost)}:${worker.httpPort}`)
      await untilStopped()
      endWith(await worker.stop(config.stopMsMax))
    })
}

export function migrateCommand(): Command {
  return new Command('migrate')
    .description("bring the directory's schema up to date and end; workers do it too when they start")
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgres://127.0.0.1/restante npx restante migrate\n')
    .action(async () => {
      const settings = new Settings(process.env)
      const config = readWorkerConfig(settings)
      readBrokerConfig(settings)
      settings.finish()
      // Workers load it in their thread, and not here.
      const { migrateDirectory } = await import('../../../workers/migrate.ts')
      const applied = await migrateDirectory(config, createLog(config.logLevel, { process: 'migrate' }))
      console.log(applied.length === 0 ? 'The directory is up to date.' : `Applied: ${applied.join(', ')}`)
    })
}
