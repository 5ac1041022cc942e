import { once } from 'node:events'
import { constants, setPriority } from 'node:os'
import { ATTACKS } from './attacks.ts'
import type { Target } from './client.ts'

/**
 * `attacks/main.js <attack> <target as JSON>`: gets ready, says so, and attacks from the first byte on stdin until it is
 * killed. A process of its own, behind the others on this machine: an attacker's processor is not the server's.
 */
setPriority(constants.priority.PRIORITY_LOW)
const [name = '', target = '{}'] = process.argv.slice(2)
const prepare = ATTACKS[name]
if (prepare === undefined) throw new Error(`no attack ${name}`)
const attack = await prepare(JSON.parse(target) as Target)
const begin = once(process.stdin, 'data')
console.log('ready')
await begin
await attack()
