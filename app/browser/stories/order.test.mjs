// A rep lets the phone put the rest of the day in order, without a network; on a phone and at a desk.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { chapters, DESK, faults, newDevice, PHONE, picture, signedIn, startServer, startWay, until } from '../harness.mjs'
import { accountsOf, go, plan, settled, signInOn, today } from '../rep.mjs'

for (const viewport of [PHONE, DESK]) describe(`${viewport.width} × ${viewport.height}`, () => {
  const chapter = chapters(test)
  const name = (what) => `order-${what}-${viewport.width}`
  let server, way, phone, page, rep, chosen
  before(async () => {
    server = await startServer()
    way = await startWay(server)
    rep = await signedIn(server, process.env.REP)
    const accounts = await accountsOf(rep, 12)
    for (const [n, account] of accounts.entries()) await plan(rep, account, n % 3 === 2 ? 'CALL' : 'HOME_VISIT')
    const { myDay } = await rep('MyDay', { day: today(), lang: 'ZH' })
    const { lat, lng } = myDay.items.findLast((i) => i.kind === 'HOME_VISIT').account
    phone = await newDevice({ viewport, permissions: ['geolocation'], geolocation: { latitude: lat, longitude: lng } })
    page = await phone.page(way.url)
    await signInOn(page, process.env.REP)
    await page.getByRole('button', { name: '帮我排好今天' }).waitFor()
    await settled(page)
  })
  after(async () => { await phone?.end(); await way?.end(); await server?.end() })

  const sheet = () => page.getByRole('dialog', { name: '排好今天剩下的' })
  const times = async () => {
    const { myDay } = await rep('MyDay', { day: today(), lang: 'ZH' })
    return new Map(myDay.items.map((i) => [i.id, i.startMin]))
  }

  chapter('without a network the new order is shown, with what it saves and what has no room', async () => {
    way.set('down')
    await picture(page, name('today'))
    await page.getByRole('button', { name: '帮我排好今天' }).click()
    await sheet().getByText(/^从.*算起$/).waitFor()
    assert.deepEqual(await faults(page), [])
    await picture(page, name('sheet'))
  })

  chapter('the position is asked for once its reason was read, and the order begins there', async () => {
    await sheet().getByRole('button', { name: '从我这里算距离' }).click()
    await sheet().getByRole('button', { name: '取一次位置' }).click()
    await sheet().getByText('从我的位置算起').waitFor()
    await picture(page, name('here'))
  })

  chapter('the order that was chosen shows on the day, is kept, and is on the server once the network is back', async (t) => {
    const use = page.getByRole('button', { name: '就用这个顺序' })
    // In the evening nothing fits any more: then the sheet says so, and each contact can be moved.
    if (await use.count() === 0) {
      await sheet().getByText('今天剩下的都排不下了').waitFor()
      await page.keyboard.press('Escape')
      await sheet().waitFor({ state: 'hidden' })
      return t.skip('the hours of today are over')
    }
    chosen = await sheet().locator('ol > li b').allTextContents()
    const before = await times()
    await use.click()
    await page.getByText('今天已按新顺序排好').waitFor()
    await page.reload()
    await page.getByRole('button', { name: '帮我排好今天' }).waitFor()
    await page.getByRole('region', { name: '下一个' }).getByText(chosen[0]).waitFor()
    await picture(page, name('done'))
    way.set('pass')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    const minutes = chosen.map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
    await until('the server has the order', async () => {
      const now = [...(await times()).values()]
      return minutes.every((m) => now.includes(m))
    })
    assert.notDeepEqual([...(await times()).values()], [...before.values()])
  })

  chapter('what has no room can be moved from there', async (t) => {
    await go(page, '/today')
    await page.getByRole('button', { name: '帮我排好今天' }).click()
    await sheet().getByText(/^从.*算起$/).waitFor()
    const move = sheet().getByRole('button', { name: '改期' }).first()
    if (await move.count() === 0) return t.skip('all has room')
    await move.click()
    await page.getByRole('dialog', { name: /改到哪天/ }).waitFor()
    await picture(page, name('move'))
  })
})
