// ejabberd as a yardstick: pairs of users exchange chat messages with XEP-0184 receipts over raw sockets
// (PLAIN login, stream management on); a tick = the sender has the recipient's receipt.
// node xmpp-ticks.mjs PORT PAIRS SECONDS WINDOW PAYLOAD_BYTES   (users rx0.. and tx0.., password pw: see ejabberd.sh)
import net from 'node:net'
const [port, pairs, secs, W, size] = process.argv.slice(2).map(Number)
const b64 = (s) => Buffer.from(s).toString('base64')
class X {
  constructor(user) {
    this.u = user
    this.s = net.connect(port, '127.0.0.1')
    this.s.setNoDelay(true)
    this.s.setEncoding('latin1')
    this.buf = ''
    this.waits = []
    this.s.on('data', (d) => this.data(d))
    this.s.on('error', (e) => console.error(user, e.message))
    this.s.on('close', () => {
      if (!stop) console.error(user, 'closed', this.buf.slice(0, 200))
    })
  }
  data(d) {
    this.buf += d
    if (this.onlive) return this.onlive()
    for (;;) {
      const w = this.waits[0]
      if (!w) return
      const m = this.buf.match(w.re)
      if (!m) return
      this.waits.shift()
      this.buf = this.buf.slice(m.index + m[0].length)
      w.r(m)
    }
  }
  wait(re) {
    return new Promise((r) => {
      this.waits.push({ re, r })
      this.data('')
    })
  }
  async login() {
    const open = () =>
      this.s.write(
        `<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='localhost' version='1.0'>`,
      )
    open()
    await this.wait(/<\/stream:features>/)
    this.s.write(
      `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${b64('\0' + this.u + '\0pw')}</auth>`,
    )
    await this.wait(/<success/)
    open()
    await this.wait(/<\/stream:features>/)
    this.s.write(
      `<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>r</resource></bind></iq>`,
    )
    await this.wait(/<jid>/)
    this.s.write(`<iq type='set' id='s'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>`)
    await this.wait(/id='s'/)
    this.s.write(`<presence/>`)
    await this.wait(/<presence/)
    this.s.write(`<enable xmlns='urn:xmpp:sm:3' resume='true'/>`)
    await this.wait(/<enabled/)
  }
}
let stop = false
const lat = []
let recv = 0,
  tick = 0,
  bi = 0,
  bo = 0
const rx = [],
  tx = []
for (let i = 0; i < pairs; i++) {
  const r = new X('rx' + i)
  await r.login()
  rx.push(r)
  const t = new X('tx' + i)
  await t.login()
  tx.push(t)
}
const payload = 'a'.repeat(size)
for (const r of rx) {
  let n = 0
  r.buf = ''
  r.onlive = () => {
    let e
    let out = ''
    while ((e = r.buf.indexOf('</message>')) >= 0 || r.buf.startsWith('<r xmlns')) {
      if (r.buf.startsWith('<r xmlns')) {
        const k = r.buf.indexOf('>')
        r.buf = r.buf.slice(k + 1)
        out += `<a xmlns='urn:xmpp:sm:3' h='${n}'/>`
        continue
      }
      const st = r.buf.slice(0, e + 10)
      r.buf = r.buf.slice(e + 10)
      const m = st.match(/id=['"](\d+)['"]/),
        f = st.match(/from=['"]([^'"]+)/)
      n++
      recv++
      out += `<message to='${f[1]}' id='a${m[1]}'><received xmlns='urn:xmpp:receipts' id='${m[1]}'/></message>`
      if (st.includes('<r xmlns')) out += `<a xmlns='urn:xmpp:sm:3' h='${n}'/>`
    }
    if (/<r xmlns/.test(r.buf)) {
      r.buf = r.buf.replace(/<r xmlns[^>]*>/, '')
      out += `<a xmlns='urn:xmpp:sm:3' h='${n}'/>`
    }
    if (out) {
      r.s.write(out)
    }
  }
}
const t0 = performance.now()
for (let i = 0; i < pairs; i++) {
  const t = tx[i]
  let id = 0
  const at = new Map()
  t.buf = ''
  let n = 0
  const fire = () => {
    if (stop) return ''
    id++
    at.set(String(id), performance.now())
    return `<message to='rx${i}@localhost/r' id='${id}' type='chat'><body>${payload}</body><request xmlns='urn:xmpp:receipts'/></message>`
  }
  t.onlive = () => {
    let e,
      out = ''
    while ((e = t.buf.indexOf('</message>')) >= 0) {
      const st = t.buf.slice(0, e + 10)
      t.buf = t.buf.slice(e + 10)
      n++
      const m = st.match(/<received[^>]*id=['"](\d+)['"]/)
      if (m) {
        tick++
        lat.push(performance.now() - at.get(m[1]))
        at.delete(m[1])
        out += fire()
      }
      if (st.includes('<r xmlns')) out += `<a xmlns='urn:xmpp:sm:3' h='${n}'/>`
    }
    if (/<r xmlns/.test(t.buf)) {
      t.buf = t.buf.replace(/<r xmlns[^>]*>/, '')
      out += `<a xmlns='urn:xmpp:sm:3' h='${n}'/>`
    }
    if (out) t.s.write(out)
  }
  let o = ''
  for (let w = 0; w < W; w++) o += fire()
  t.s.write(o)
}
await new Promise((r) => setTimeout(r, secs * 1000))
const dt = (performance.now() - t0) / 1000
stop = true
bi = [...rx, ...tx].reduce((a, c) => a + c.s.bytesRead, 0)
bo = [...rx, ...tx].reduce((a, c) => a + c.s.bytesWritten, 0)
lat.sort((x, y) => x - y)
const q = (p) => (lat.length ? lat[Math.floor(lat.length * p)].toFixed(1) : '-')
console.log(
  `xmpp pairs ${pairs} W ${W}: delivered-ticks/s ${(tick / dt).toFixed(0)} p50 ${q(0.5)} p99 ${q(0.99)} ms; wire bytes per message in+out ${((bi + bo) / tick).toFixed(0)} (payload ${size})`,
)
process.exit(0)
