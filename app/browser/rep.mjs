// What people do on the screens, in the words they read there.
import assert from 'node:assert/strict'
import { newID, PASSWORD, until } from './harness.mjs'

/** Signs in and waits for the first screen of the role. */
export async function signInOn(page, login, password = PASSWORD) {
  await page.getByRole('textbox', { name: '账号' }).fill(login)
  await page.getByRole('textbox', { name: '密码' }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL(/\/(today|inbox|requests|me)/)
}

/** Waits until the app would start without a network: the worker of the shell is in charge and all rows are here. */
export async function settled(page) {
  await until('the shell on the phone', () => page.evaluate(() => navigator.serviceWorker.controller !== null))
  let quiet = 0
  await until('all rows', async () => {
    quiet = (await page.getByText(/^正在把您的/).count()) === 0 ? quiet + 1 : 0
    return quiet > 8
  })
}

/** Goes to another screen as a link would: the app is not loaded anew. */
export async function go(page, path) {
  await page.evaluate((to) => { history.pushState(history.state, '', to); dispatchEvent(new PopStateEvent('popstate', { state: history.state })) }, path)
}

/** Accounts of a rep, as the server knows them. */
export async function accountsOf(rep, first = 6) {
  const { accounts } = await rep('SearchAccounts', { search: { text: '' }, first })
  return accounts.edges.map((e) => e.node)
}

/** Plans a contact for a day, as the rep, past the phone. */
export async function plan(rep, account, kind = 'HOME_VISIT', day = today()) {
  const { planContact } = await rep('PlanContact', { input: { id: newID(), accountId: account.id, kind, day, reason: '约好的' } })
  return planContact
}

/** Today in the company's zone. */
export function today(days = 0) {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date(Date.now() + days * 86_400_000))
}

/** Fills in the form of a contact that is open on the screen, and saves it. */
export async function fillLog(page, { outcome = '见到了', note } = {}) {
  await page.getByRole('radio', { name: outcome, exact: true }).check({ force: true })
  if (note) await page.getByLabel('备注').fill(note)
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('已存在本机').first().waitFor()
  await page.waitForURL((url) => !url.pathname.startsWith('/log/'))
}

/** Logs a contact from the start of the form to its end. */
export async function logVisit(page, { item, account, ...more }) {
  await go(page, item ? `/log/new?item=${item.id}` : `/log/new?account=${account.id}&kind=HOME_VISIT`)
  await page.getByText('结果如何？').waitFor()
  await fillLog(page, more)
}

/** The logs of an account with their notes, as the server has them for who asks. */
export async function logsOf(who, account) {
  const { accountFile } = await who('AccountFile', { account: account.id, lang: 'ZH' })
  return Promise.all(accountFile.logs.map(async (log) => ({ ...log, note: (await who('LogNote', { log: log.id })).logNote })))
}

/** Waits until a note is on the server, and holds that it is there once. */
export async function onceOnServer(who, account, note, seconds = 30) {
  await until(`"${note}" on the server`, async () => (await logsOf(who, account)).some((l) => l.note === note), seconds)
  await new Promise((resolve) => setTimeout(resolve, 1500)) // a second one would come now
  const found = (await logsOf(who, account)).filter((l) => l.note === note)
  assert.equal(found.length, 1, `${found.length} logs say "${note}"`)
  return found[0]
}

/** What the list of one's own work says of each piece, newest first. */
export async function workOn(page) {
  const heading = page.getByRole('heading', { name: '同步明细' })
  await until('the list of work', async () => {
    if (await heading.count()) return true
    await go(page, '/me/outbox')
    return false
  })
  await page.getByText(/等待发送|已送达|需要您处理|没有等待发送的工作/).first().waitFor()
  return page.locator('main').innerText()
}

/** Waits until the list of one's own work says something. */
export function workSays(page, what, seconds = 20) {
  return until(`the work to say ${what}`, async () => what.test(await workOn(page)), seconds)
}
