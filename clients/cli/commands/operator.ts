import { Command } from 'commander'
import { chatIdOf, isUserId } from '../../../proto/ids.ts'
import type { Request } from '../../../proto/codec.ts'
import { Admin } from '../admin.ts'
import { caseWarning } from '../case-warning.ts'
import { Failure } from '../failure.ts'
import { withTarget, type TargetOptions } from '../target.ts'

/** What the operator of a running server does with it: users, devices, dead entries. */
export function userCommand(): Command {
  const command = new Command('user').description('users of a running server')
  withTarget(
    command
      .command('add')
      .description('add users, so that others can write to them')
      .argument('<user...>', 'user ids'),
  )
    .addHelpText('after', '\nExample:\n  npx restante user add alice bob\n')
    .action((users: string[], target: TargetOptions) =>
      withAdmin(target, async (admin) => {
        for (const user of users) {
          if (!isUserId(user)) throw new Failure(`"${user}" is not a user id.`)
          const { done } = await admin.ask({ addUser: { user } })
          console.log(`${user} is a user`)
          const warning = caseWarning(user, done?.alike ?? [])
          if (warning !== undefined) console.error(warning)
        }
      }),
    )
  withTarget(
    command
      .command('lock')
      .description('let nobody in as this user: connections are closed, tokens are refused, mail is kept')
      .argument('<user>', 'user id'),
  )
    .addHelpText('after', '\nExample:\n  npx restante user lock mallory\n')
    .action((user: string, target: TargetOptions) =>
      bar(target, user, { lockUser: { user } }, `${user} is locked out`),
    )
  withTarget(command.command('unlock').description('let the user in again').argument('<user>', 'user id'))
    .addHelpText('after', '\nExample:\n  npx restante user unlock mallory\n')
    .action((user: string, target: TargetOptions) =>
      bar(target, user, { lockUser: { user, unlock: true } }, `${user} may connect again`),
    )
  withTarget(
    command
      .command('logout')
      .description("end the user's tokens: connections are closed, only tokens issued from now on are taken")
      .argument('<user>', 'user id'),
  )
    .addHelpText('after', '\nExample:\n  npx restante user logout alice\n')
    .action((user: string, target: TargetOptions) =>
      bar(target, user, { endTokens: { user } }, `${user} needs a new token`),
    )
  return command
}

async function bar(
  target: TargetOptions,
  user: string,
  request: Omit<Request, 'request'>,
  done: string,
): Promise<void> {
  if (!isUserId(user)) throw new Failure(`"${user}" is not a user id.`)
  await withAdmin(target, async (admin) => {
    const answer = await admin.ask(request)
    console.log(done)
    if (answer.done?.stillConnected)
      throw new Failure(
        'A broker has not closed its connections yet: it stands still, or can not be reached. It does so when it is back; run this again to see.',
      )
  })
}

export function deviceCommand(): Command {
  const command = new Command('device').description('devices of a user of a running server')
  withTarget(command.command('list').description("list a user's devices").argument('<user>', 'user id'))
    .addHelpText('after', '\nExample:\n  npx restante device list alice\n')
    .action((user: string, target: TargetOptions) =>
      withAdmin(target, async (admin) => {
        const { devices } = await admin.ask({ listDevices: { user } })
        for (const { name, linkedAtMs, connected, waiting, transient } of devices?.devices ?? []) {
          if (transient) {
            console.log(`${name}\tconnected\tclean session\tsince ${isoTime(linkedAtMs)}`)
            continue
          }
          const state = connected ? 'connected' : 'away'
          console.log(`${name}\t${state}\t${waiting ?? 0} waiting\tlinked ${isoTime(linkedAtMs)}`)
        }
      }),
    )
  withTarget(
    command
      .command('remove')
      .description('close a device and forget it; it may link again with a token issued from now on')
      .argument('<user>', 'user id')
      .argument('<device>', 'device name'),
  )
    .addHelpText('after', '\nExample:\n  npx restante device remove alice phone\n')
    .action((user: string, device: string, target: TargetOptions) =>
      withAdmin(target, async (admin) => {
        const { devices } = await admin.ask({ listDevices: { user } })
        const sessions = (devices?.devices ?? []).filter(({ name }) => name === device)
        await admin.ask({ removeDevice: { user, device } })
        const wasClean = sessions.length > 0 && sessions.every(({ transient }) => transient)
        console.log(wasClean ? cleanSessionClosed(user, device) : `${user}/${device} is removed`)
      }),
    )
  return command
}

/** There was no device to forget, so no mark keeps its token out. */
function cleanSessionClosed(user: string, device: string): string {
  return `${user}/${device} is closed. It was a clean session: its token stays good, and it may come back.
To keep it out: npx restante user logout ${user} ends all tokens issued so far, npx restante user lock ${user} lets nobody in.`
}

export function deadCommand(): Command {
  const command = new Command('dead').description(
    'entries that failed one owner after another and were set aside',
  )
  withTarget(command.command('list').description('list them, oldest first'))
    .addHelpText('after', '\nExample:\n  npx restante dead list\n')
    .action((target: TargetOptions) =>
      withAdmin(target, async (admin) => {
        const { dead } = await admin.ask({ listDead: {} })
        for (const { position, partition, user, device, chat, setAsideAtMs, envelope } of dead?.entries ??
          []) {
          const topic = chat?.length === 10 ? `chat ${chatIdOf(chat)}` : 'no chat'
          const from = user ? `from ${user}/${device}` : 'from the server'
          console.log(
            `${position}\tpartition ${partition ?? 0}\t${topic}\t${from}\t${envelope?.length ?? 0} bytes\t${isoTime(setAsideAtMs)}`,
          )
        }
      }),
    )
  withTarget(
    command
      .command('requeue')
      .description('put one back into its partition')
      .argument('<position>', 'as the list shows it'),
  )
    .addHelpText('after', '\nExample:\n  npx restante dead requeue 1\n')
    .action((text: string, target: TargetOptions) =>
      withAdmin(target, async (admin) => {
        const position = Number(text)
        if (!Number.isSafeInteger(position) || position < 1) throw new Failure(`"${text}" is not a position.`)
        await admin.ask({ requeueDead: { position } })
        console.log(`${position} is back in its partition`)
      }),
    )
  return command
}

async function withAdmin(target: TargetOptions, act: (admin: Admin) => Promise<void>): Promise<void> {
  const admin = await Admin.connect(target)
  try {
    await act(admin)
  } finally {
    await admin.close()
  }
}

function isoTime(ms: number | null | undefined): string {
  return new Date(ms ?? 0).toISOString()
}
