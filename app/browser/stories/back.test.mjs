// The way back of a phone: out of a sheet first, then out of the screen.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chapters, newDevice, signedIn, startServer, until } from '../harness.mjs'
import { accountsOf, plan, settled, signInOn } from '../rep.mjs'

const chapter = chapters(test)
let server, phone, page
before(async () => {
  server = await startServer()
  const rep = await signedIn(server, process.env.REP)
  for (const account of await accountsOf(rep, 2)) await plan(rep, account)
  phone = await newDevice()
  page = await phone.page(server.url)
  await signInOn(page, process.env.REP)
  await settled(page)
})
after(async () => { await phone?.end(); await server?.end() })

chapter('back closes the sheet and stays, back again leaves', async () => {
  await page.getByRole('link', { name: '计划' }).click()
  await page.waitForURL(/\/plan/)
  await page.getByRole('link', { name: '今日' }).click()
  await page.waitForURL(/\/today/)
  for (let n = 0; n < 2; n++) {
    await page.getByRole('button', { name: /更多操作/ }).first().click()
    await page.getByRole('dialog').waitFor()
    await page.evaluate(() => history.back())
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.waitForTimeout(300)
    await until('the same screen', () => /\/today/.test(page.url()))
    await page.getByRole('heading', { name: '今日' }).waitFor()
  }
  await page.evaluate(() => history.back())
  await until('the screen before', () => /\/plan/.test(page.url()))
  assert.deepEqual(phone.troubles, [])
})
