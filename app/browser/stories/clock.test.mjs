// The clock of a phone, and how long it may be away.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chapters, newDevice, signedIn, startServer, startWay, until } from '../harness.mjs'
import { accountsOf, go, logVisit, onceOnServer, plan, signInOn, today, workOn, workSays } from '../rep.mjs'

const DAY = 86_400_000
const chapter = chapters(test)
/** The heading of a day, some days from now. */
const dayText = (days) => new Intl.DateTimeFormat('zh-CN', { timeZone: 'UTC', month: 'long', day: 'numeric' }).format(new Date(`${today(days)}T00:00:00Z`))
let server, way, phone, page, rep, accounts
before(async () => {
  server = await startServer()
  way = await startWay(server)
  rep = await signedIn(server, process.env.REP)
  accounts = await accountsOf(rep, 6)
  await plan(rep, accounts[0])
  // The service worker would serve scripts whose clock nobody can move.
  phone = await newDevice({ serviceWorkers: 'block' })
})
after(async () => { await phone?.end(); await way?.end(); await server?.end() })

/** Moves the clock of pages and workers from their next start on. */
async function move(by) {
  const shift = `{const D=Date;const by=${by};Date=class extends D{constructor(...a){a.length?super(...a):super(D.now()+by)}static now(){return D.now()+by}}};`
  await phone.context.unrouteAll()
  await phone.context.route(/\.js$/, async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: shift + await answer.text() })
  })
}

chapter('a phone whose clock runs a day ahead keeps a visit until it can be judged, and loses none', async () => {
  await move(0)
  page = await phone.page(way.url)
  await signInOn(page, process.env.REP)
  await page.getByRole('link', { name: accounts[0].name }).first().waitFor()
  await move(DAY)
  await page.reload()
  // By its own clock it is tomorrow. The first answer of the server sets that right.
  await page.getByText(new RegExp(`^${dayText(0)} 周`)).first().waitFor()
  await logVisit(page, { account: accounts[2], note: '手机时间快了一天' })
  await workSays(page, /需要您处理/, 60)
  await move(0)
  await page.reload()
  await workSays(page, /需要您处理/)
  await logVisit(page, { account: accounts[3], note: '时间正常了' })
  await onceOnServer(rep, accounts[3], '时间正常了')
})

chapter('after 72 hours without the server nothing can be read until signing in, and unsent work is not lost', async () => {
  way.set('fail')
  await logVisit(page, { account: accounts[4], note: '锁上之前写的' })
  await move(4 * DAY)
  await page.reload()
  await page.getByText('太久没有联系服务器').waitFor()
  assert.equal(await page.getByText(accounts[4].name).count(), 0)
  await move(0)
  await page.reload()
  await page.getByText('太久没有联系服务器').waitFor()
  way.set('pass')
  await signInOn(page, process.env.REP)
  await onceOnServer(rep, accounts[4], '锁上之前写的', 60)
})

chapter('nothing went wrong unseen', () => assert.deepEqual(phone.troubles, []))
