import { Command } from 'commander'
import { Cluster } from './cluster.ts'

/** `npm run cluster`: the compose file's topology without containers, until Ctrl-C. */
const program = new Command('npm run cluster --')
  .description(
    'Run Redis, PostgreSQL, brokers behind a balancer and workers as local processes on free ports.\n' +
      'Needs redis-server and PostgreSQL (Debian: apt-get install redis-server postgresql). Nothing is kept.',
  )
  .option('--brokers <n>', 'how many', Number, 2)
  .option('--workers <n>', 'how many', Number, 2)
  .option('--redis <kind>', 'single, cluster or cluster-with-replicas', 'single')
  .addHelpText('after', '\nExample:\n  npm run cluster -- --brokers 3 --redis cluster\n')
const options = program.parse().opts<{ brokers: number; workers: number; redis: 'single' | 'cluster' }>()

const stopped = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve)
})

const cluster = await Cluster.start({ ...options, progress: (line) => console.log(`starting ${line}`) })
const target = `--url mqtt://127.0.0.1:${cluster.mqtt.port} --data ${cluster.dataDir}`
console.log(`
The cluster runs. Ctrl-C stops it and removes what it stored.

  Balancer    mqtt://127.0.0.1:${cluster.mqtt.port}   ws://127.0.0.1:${cluster.http.port}/mqtt
${cluster.brokers.map(({ port, metricsUrl }, i) => `  Broker ${i + 1}    mqtt://127.0.0.1:${port}   ${metricsUrl}`).join('\n')}
${cluster.workers.map(({ httpPort }, i) => `  Worker ${i + 1}    http://127.0.0.1:${httpPort}/metrics`).join('\n')}
  Redis       ${cluster.redisUrl}
  PostgreSQL  ${cluster.postgres.url}

Next, in other terminals:
  npx restante user add alice bob ${target}
  npx restante chat alice --to bob ${target}
  npx restante chat bob --to alice ${target}
`)
await stopped
console.log('stopping')
await cluster.stop()
