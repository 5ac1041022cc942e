import { Command } from 'commander'
import { readOrMakeSecret } from '../../../broker/auth/secret-file.ts'
import { caseWarning } from '../case-warning.ts'
import { dataOption } from '../data-dir.ts'
import { Failure } from '../failure.ts'
import { durationS, mintToken, type TokenClaims } from '../mint-token.ts'

interface TokenOptions {
  readonly device?: string
  readonly role: string
  readonly expires: string
  readonly data: string
}

export function tokenCommand(): Command {
  return new Command('token')
    .description('print a token for a user: the MQTT password')
    .argument('<user>', 'user id')
    .option('--device <name>', 'good for this device only')
    .option('--role <role>', 'device, admin or worker', 'device')
    .option('--expires <duration>', 'how long it is good, e.g. 12h, 30d, 1y', '30d')
    .addOption(dataOption('data directory whose secret signs it; made if there is none'))
    .addHelpText(
      'after',
      `
Examples:
  npx restante token alice
  npx restante token alice --device phone --expires 1y
  npx restante token operator --role admin --expires 1h
`,
    )
    .action(async (user: string, options: TokenOptions) => {
      const expiresInS = durationS(options.expires)
      const role = roleOf(options.role)
      const claims: TokenClaims = {
        user,
        role,
        expiresInS,
        ...(options.device !== undefined && { device: options.device }),
      }
      console.log(await mintToken(await readOrMakeSecret(options.data), claims))
      // No server is asked: whether there is such another, `user add` and the worker's log say.
      const warning = caseWarning(user, [])
      if (warning !== undefined) console.error(warning)
    })
}

const ROLES = ['device', 'worker', 'admin'] as const

function roleOf(text: string): (typeof ROLES)[number] {
  const role = ROLES.find((known) => known === text)
  if (role === undefined) throw new Failure(`"${text}" is not a role: choose device, admin or worker.`)
  return role
}
