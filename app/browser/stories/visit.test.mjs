// A rep's day with a network, without one, with a bad one; on a phone and at a desk.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { chapters, DESK, newDevice, PHONE, picture, signedIn, startServer, startWay, until } from '../harness.mjs'
import { accountsOf, fillLog, go, logVisit, onceOnServer, plan, settled, signInOn, workOn, workSays } from '../rep.mjs'

for (const viewport of [PHONE, DESK]) describe(`${viewport.width} × ${viewport.height}`, () => {
  const chapter = chapters(test)
  let server, way, phone, page, rep, accounts, items
  before(async () => {
    server = await startServer()
    way = await startWay(server)
    rep = await signedIn(server, process.env.REP)
    accounts = await accountsOf(rep, 12)
    items = await Promise.all(accounts.slice(0, 6).map((a) => plan(rep, a)))
    phone = await newDevice({ viewport })
    page = await phone.page(way.url)
  })
  after(async () => { await phone?.end(); await way?.end(); await server?.end() })

  chapter('a wrong password is told, the right one opens the day', async () => {
    await page.getByRole('textbox', { name: '账号' }).fill(process.env.REP)
    await page.getByRole('textbox', { name: '密码' }).fill('not-the-password')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByText('账号或密码不对').waitFor()
    await signInOn(page, process.env.REP)
    await page.getByRole('link', { name: accounts[0].name }).first().waitFor()
    await settled(page)
  })

  chapter('a visit is logged in five taps and is on the server', async () => {
    await go(page, '/today')
    let taps = 0
    const tap = async (what) => { taps++; await what.click() }
    const card = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: accounts[1].name }) }).first()
    if (await card.count()) {
      await tap(card.getByRole('button', { name: /更多操作/ }))
      await tap(page.getByRole('dialog').getByText('写记录'))
    } else {
      await tap(page.getByRole('link', { name: '写记录' }).first())
    }
    await tap(page.getByRole('radio', { name: '见到了', exact: true }))
    await tap(page.getByRole('button', { name: '保存', exact: true }))
    await page.getByText('已存在本机').first().waitFor()
    assert.ok(taps <= 5, `${taps} taps`)
    await until('nothing waiting', async () => (await workOn(page)).includes('已送达'))
  })

  chapter('without a network a visit is kept, survives a reload, and goes up once when the network is back', async () => {
    way.set('down')
    await logVisit(page, { item: items[2], note: '楼道里没有信号' })
    await workSays(page, /等待发送/)
    await page.reload()
    await workSays(page, /等待发送/)
    await go(page, '/today')
    await page.getByRole('link', { name: accounts[2].name }).first().waitFor()
    await picture(page, `story-offline-${viewport.width}`)
    way.set('pass')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await onceOnServer(rep, accounts[2], '楼道里没有信号')
  })

  for (const [mode, what] of [['fail', 'errors of the server'], ['gateway', 'the page of a hotel'], ['lost', 'answers that get lost'], ['cut', 'answers that are cut']]) {
    chapter(`${what} never lose a visit, double it or call it sent`, async () => {
      const account = accounts[8], note = `遇到${mode}`
      way.set(mode)
      await logVisit(page, { account, note })
      await page.waitForTimeout(2500)
      await workSays(page, /等待发送|正在发送/)
      way.set('pass')
      await page.getByRole('button', { name: '立即发送' }).click().catch(() => {})
      await onceOnServer(rep, account, note, 60)
      await until('it says so', async () => !/等待发送/.test(await workOn(page)), 60)
    })
  }

  chapter('a form that is killed in the middle is back, and its visit is there once', async () => {
    await go(page, `/log/new?item=${items[3].id}`)
    await page.getByRole('radio', { name: '见到了', exact: true }).check({ force: true })
    await page.getByLabel('备注').fill('写到一半手机没电了')
    await page.waitForTimeout(600)
    way.set('down')
    await phone.kill()
    await phone.open()
    page = await phone.page(`${way.url}/log/new?item=${items[3].id}`)
    await until('the draft', async () => (await page.getByLabel('备注').inputValue().catch(() => '')) === '写到一半手机没电了')
    await fillLog(page)
    await phone.kill()
    await phone.open()
    way.set('pass')
    page = await phone.page(way.url)
    await onceOnServer(rep, accounts[3], '写到一半手机没电了')
  })

  chapter('two tabs send a visit once, and both know', async () => {
    const second = await phone.context.newPage()
    await second.goto(`${way.url}/today`)
    await second.getByRole('link', { name: accounts[4].name }).first().waitFor()
    way.set('down')
    await logVisit(page, { item: items[4], note: '两个窗口' })
    await workSays(second, /等待发送/)
    way.set('pass')
    await Promise.all([page, second].map((p) => p.evaluate(() => dispatchEvent(new Event('online')))))
    await onceOnServer(rep, accounts[4], '两个窗口')
    for (const p of [page, second]) await until('both say so', async () => !/等待发送/.test(await workOn(p)))
    await second.close()
  })

  chapter('a new version of the app comes while a visit waits, and the visit arrives', async () => {
    way.set('fail')
    await logVisit(page, { item: items[5], note: '更新之前写的' })
    way.rewrite['/sw.js'] = (text) => `${text}\n// the next version`
    await page.evaluate(async () => { await (await navigator.serviceWorker.getRegistration()).update() })
    await page.getByText('有新版本可用').waitFor()
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '重新打开' }).click()])
    await workSays(page, /等待发送/)
    way.set('pass')
    await page.getByRole('button', { name: '立即发送' }).click()
    await onceOnServer(rep, accounts[5], '更新之前写的', 60)
  })

  chapter('no room on the phone is told, and the draft stays', async () => {
    const cdp = await phone.context.newCDPSession(page)
    await go(page, `/log/new?account=${accounts[9].id}&kind=HOME_VISIT`)
    await page.getByRole('radio', { name: '见到了', exact: true }).check({ force: true })
    await page.getByLabel('备注').fill('手机满了')
    await page.waitForTimeout(600)
    await cdp.send('Storage.overrideQuotaForOrigin', { origin: `${way.url}/`, quotaSize: 1 })
    await page.waitForTimeout(32_000) // for half a minute the browser believes in the room it knew
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('手机空间不够，没有保存').waitFor()
    await picture(page, `story-no-room-${viewport.width}`)
    await cdp.send('Storage.overrideQuotaForOrigin', { origin: `${way.url}/` })
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByText('已存在本机').first().waitFor()
    await onceOnServer(rep, accounts[9], '手机满了')
  })

  chapter('nothing went wrong unseen', () => assert.deepEqual(phone.troubles, []))
})
