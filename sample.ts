/**
 * Two people chat. Beforehand, in this directory:
 *
 *   npm start
 *   npx restante user add carol      (in a second terminal)
 *   npx tsx sample.ts
 */
import { execFileSync } from 'node:child_process'
import { connect } from 'restante'

const aliceToken = tokenOf('alice')
const bobToken = tokenOf('bob')

const alice = await connect({ url: 'mqtt://127.0.0.1:1883', token: aliceToken, device: 'phone' })
const bob = await connect({ url: 'ws://127.0.0.1:8080/mqtt', token: bobToken, device: 'laptop' })
bob.on('message', (message) => console.log(message.chatId, message.seq, message.sender, message.text))
const greeted = new Promise<void>((resolve) => {
  bob.on('message', ({ text }) => text === 'hi all' && resolve())
})
const sent = await alice.direct('bob').send({ text: 'hello' }) // resolves on PUBACK: ✓
await sent.accepted // has its seq; rejects if the chat refuses it
await sent.delivered // ✓✓
const group = await alice.createGroup({ name: 'trip', members: ['bob', 'carol'] })
await group.send({ text: 'hi all' })
await greeted // bob has it
await bob.chat(group.id).markRead()
await alice.close()
await bob.close()

/** A token from the environment, or one made with the secret in the server's data directory. */
function tokenOf(user: string): string {
  const given = process.env[`${user.toUpperCase()}_TOKEN`]
  return given ?? execFileSync('npx', ['restante', 'token', user], { encoding: 'utf8' }).trim()
}
