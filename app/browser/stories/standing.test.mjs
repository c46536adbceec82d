// Where a customer stands: a rep proposes a loyalty grade on the phone, a supervisor confirms or refuses it at the desk.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { chapters, DESK, faults, PHONE, picture, signedIn, startServer, startWay, until } from '../harness.mjs'
import { deviceOf, live, sheet, visit } from '../leader.mjs'
import { accountsOf, go } from '../rep.mjs'

for (const viewport of [PHONE, DESK]) describe(`${viewport.width} × ${viewport.height}`, () => {
  const chapter = chapters(test)
  const name = (what) => `standing-${what}-${viewport.width}`
  let server, way, away, phone, desk, rep, account, from
  before(async () => {
    server = await startServer()
    way = await startWay(server)
    away = await startWay(server)
    rep = await signedIn(server, process.env.REP)
    for (const one of await accountsOf(rep, 40)) {
      const { accountStanding } = await rep('AccountStanding', { account: one.id, lang: 'ZH' })
      if (accountStanding.proposal) continue
      account = one
      from = accountStanding.axes[0].value
      if (from === '20') break
    }
    phone = await deviceOf(way, process.env.REP, viewport)
    desk = await deviceOf(away, 'supervisor', viewport)
  })
  after(async () => { await phone?.end(); await desk?.end(); await way?.end(); await away?.end(); await server?.end() })

  const card = () => desk.at.getByRole('article').filter({ hasText: account.name }).filter({ hasText: '分 → ' })
  const open = async () => {
    await go(phone.at, `/account/${account.id}`)
    await phone.at.getByRole('button', { name: '依据和变动' }).click()
    await sheet(phone.at).locator('.axis').first().waitFor()
  }
  const propose = async (grade, why) => {
    await sheet(phone.at).getByRole('button', { name: '建议改分' }).click()
    await sheet(phone.at).getByRole('radio', { name: grade, exact: true }).check({ force: true })
    await sheet(phone.at).getByLabel('为什么').fill(why)
    await sheet(phone.at).getByRole('button', { name: '建议改分' }).click()
  }

  chapter('the phone shows the four axes with what they rest on', async () => {
    await open()
    assert.equal(await sheet(phone.at).locator('.axis').count(), 4)
    await sheet(phone.at).getByText(`${from}分`, { exact: true }).waitFor()
    assert.deepEqual(await faults(phone.at), [])
    await picture(phone.at, name('axes'))
  })

  chapter('a grade is not proposed without a grade and a reason', async () => {
    await sheet(phone.at).getByRole('button', { name: '建议改分' }).click()
    await sheet(phone.at).getByRole('button', { name: '建议改分' }).click()
    await sheet(phone.at).getByText('请选一个分数').waitFor()
    await sheet(phone.at).getByText('请写明原因').waitFor()
    await picture(phone.at, name('missing'))
    await sheet(phone.at).getByRole('button', { name: '取消' }).click()
  })

  chapter('what the rep proposes waits, and the supervisor refuses it with a reason', async () => {
    await propose('100', '常带邻居来')
    await phone.at.getByText('已建议，等主管确认').waitFor()
    await sheet(phone.at).getByText('100分待主管确认').waitFor()
    await visit(desk.at, '/requests')
    await card().waitFor()
    assert.deepEqual(await faults(desk.at), [])
    await picture(desk.at, name('waiting'))
    await card().getByRole('button', { name: '不同意' }).click()
    await sheet(desk.at).getByRole('button', { name: '不同意' }).click()
    await sheet(desk.at).locator('.k-field-error').waitFor()
    await sheet(desk.at).getByLabel('为什么').fill('再看一季度')
    await sheet(desk.at).getByRole('button', { name: '不同意' }).click()
    await until('the card to go', async () => (await card().count()) === 0)
    const { accountStanding } = await rep('AccountStanding', { account: account.id, lang: 'ZH' })
    assert.equal(accountStanding.proposal, null)
    assert.equal(accountStanding.axes[0].value, from)
  })

  chapter('what the supervisor confirms is on the phone at once, with its cause', async () => {
    await phone.at.keyboard.press('Escape')
    await sheet(phone.at).waitFor({ state: 'hidden' })
    await open()
    await propose('80', '介绍了三位朋友，都来了')
    await sheet(phone.at).getByText('80分待主管确认').waitFor()
    await visit(desk.at, '/inbox')
    await visit(desk.at, '/requests')
    await card().getByRole('button', { name: '确认' }).click()
    await live('the grade on the phone', async () => (await phone.at.locator('main').getByText('评分 80').count()) > 0)
    await sheet(phone.at).locator('.moves').getByText('介绍了三位朋友，都来了').waitFor()
    await picture(phone.at, name('moved'))
  })

  chapter('without a network the phone says so, and shows the four values', async () => {
    await phone.at.keyboard.press('Escape')
    await sheet(phone.at).waitFor({ state: 'hidden' })
    way.set('down')
    await go(phone.at, '/today')
    await go(phone.at, `/account/${account.id}`)
    await phone.at.locator('main').getByText('评分 80').first().waitFor()
    await phone.at.getByRole('button', { name: '依据和变动' }).click()
    await sheet(phone.at).locator('.k-empty').waitFor()
    await picture(phone.at, name('offline'))
  })
})
