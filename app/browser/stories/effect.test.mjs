// What if: a rep sees what another day, a contact more and days off do to the plan before anything is saved, then does it; the
// supervisor sees it before the days off are granted. On a phone, in both languages.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { chapters, DESK, faults, newDevice, PASSWORD, PHONE, picture, signedIn, startServer, startWay, until } from '../harness.mjs'
import { deviceOf } from '../leader.mjs'
import { accountsOf, go, plan, today } from '../rep.mjs'

const languages = {
  zh: {
    more: (name) => `${name}：更多操作`, menu: '改期', move: /改到哪天/, moveDo: /^改到 /, effect: '对计划的影响', placed: /^排在 /, offline: /没有网络：这里只有本机的估算/, next: '下一个',
    add: '加一次回访', who: '会员', reason: '原因', addDo: /^安排在 /, ask: '申请请假', send: '提交申请', off: /不上班|安排都不变/,
  },
  en: {
    more: (name) => `${name}: more actions`, menu: 'Move', move: /to which day\?/, moveDo: /^Move to /, effect: 'What it does to the plan', placed: /^Planned for /, offline: /No network: only what this device can tell/,
    next: 'Next', add: 'Add a contact', who: 'Account', reason: 'Reason', addDo: /^Plan it for /, ask: 'Ask for leave', send: 'Ask for these days', off: /day off|Nothing else changes/,
  },
}

/** Which radio button of two weeks from Monday on stands for a day so many days from today. */
const inDays = (n) => (new Date(`${today()}T00:00Z`).getUTCDay() + 6) % 7 + n

for (const [lang, words] of Object.entries(languages)) describe(lang, () => {
  const chapter = chapters(test)
  const name = (what) => `effect-${what}-${lang}`
  let server, way, phone, page, rep, supervisor, desk, accounts, item
  before(async () => {
    server = await startServer()
    way = await startWay(server)
    ;[rep, supervisor] = await Promise.all([process.env.REP, 'supervisor'].map((login) => signedIn(server, login)))
    accounts = await accountsOf(rep, 4)
    item = await plan(rep, accounts[0], 'HOME_VISIT', today(1))
    phone = await newDevice({ viewport: PHONE })
    page = await phone.page(way.url)
    if (lang === 'en') await page.getByRole('button', { name: 'English' }).click()
    await page.locator('input[autocomplete=username]').fill(process.env.REP)
    await page.locator('input[autocomplete=current-password]').fill(PASSWORD)
    await page.locator('form button[type=submit]').click()
    await page.waitForURL(/\/today/)
  })
  after(async () => { for (const it of [desk, phone, way, server]) await it?.end() })

  const dialog = () => page.getByRole('dialog')
  const effect = (at = page) => at.getByRole('region', { name: words.effect })
  const answered = async (at = page) => {
    await effect(at).waitFor()
    await until('the answer of the planner', () => effect(at).evaluate((e) => e.getAttribute('aria-busy') === 'false'), 60)
  }
  const days = async () => (await rep('MyWeeks', { from: today(), to: today(14), lang: 'ZH' })).myWeeks.days
  const onDay = async (n, fits) => (await days()).find((d) => d.day === today(n)).items.some(fits)

  chapter('another day: the hours of both days without a network, the whole effect with one, then the day', async () => {
    const more = page.getByRole('button', { name: words.more(accounts[0].name) }).first()
    await until('the contact of tomorrow', async () => { await go(page, `/today?day=${today(1)}`); return more.count() }, 30)
    await more.click()
    await dialog().getByRole('button', { name: words.menu, exact: true }).click()
    await page.getByRole('dialog', { name: words.move }).waitFor()
    way.set('down')
    await dialog().getByRole('radio').nth(inDays(3)).check({ force: true })
    await effect().getByText(words.offline).waitFor()
    assert.deepEqual(await faults(page), [])
    await picture(page, name('offline'))
    way.set('pass')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await effect().getByText(words.placed).waitFor({ timeout: 60_000 })
    assert.equal((await days()).flatMap((d) => d.items.filter((i) => i.id === item.id).map(() => d.day))[0], today(1), 'nothing is saved yet')
    assert.deepEqual(await faults(page), [])
    await picture(page, name('move'))
    await dialog().getByRole('button', { name: words.moveDo }).click()
    await until('the contact on its new day', () => onDay(3, (i) => i.id === item.id), 30)
  })

  chapter('a contact more: what it does, then it is planned', async () => {
    await go(page, '/plan')
    await page.getByRole('button', { name: words.add, exact: true }).click()
    await dialog().getByRole('searchbox', { name: words.who }).fill(accounts[1].name)
    await dialog().getByRole('button', { name: accounts[1].name }).first().click()
    await dialog().getByRole('radio').and(page.locator('.pick input')).nth(inDays(4)).check({ force: true })
    await answered()
    await effect().getByText(words.placed).waitFor()
    await effect().scrollIntoViewIfNeeded()
    assert.deepEqual(await faults(page), [])
    await picture(page, name('add'))
    await dialog().getByRole('textbox', { name: words.reason }).fill('约好的')
    await dialog().getByRole('button', { name: words.addDo }).click()
    await until('the contact in the plan', () => onDay(4, (i) => i.account.id === accounts[1].id && i.kind === 'HOME_VISIT' && i.pinned), 30)
  })

  chapter('days off: what they do, then they are asked for', async () => {
    await go(page, '/plan?view=leave')
    await page.getByRole('button', { name: words.ask }).click()
    await answered()
    await effect().getByText(words.off).first().waitFor()
    assert.deepEqual(await faults(page), [])
    await picture(page, name('leave'))
    await dialog().getByRole('button', { name: words.send }).click()
    await until('the leave on the server', async () => (await supervisor('AskedLeaves')).askedLeaves.some((l) => l.userId === rep.user.id), 30)
  })

  chapter('the supervisor sees what the days off do, grants them, and the plan makes room', async () => {
    const { askedLeaves } = await supervisor('AskedLeaves')
    const leave = askedLeaves.find((l) => l.userId === rep.user.id)
    if (lang === 'zh') {
      desk = await deviceOf(way, 'supervisor', DESK)
      await go(desk.at, '/covers')
      await desk.at.getByRole('button', { name: `看影响：${rep.user.name}请假` }).click()
      await answered(desk.at)
      assert.deepEqual(await faults(desk.at), [])
      await picture(desk.at, name('grant'))
      await desk.at.getByRole('button', { name: `批准${rep.user.name}的请假` }).click()
    } else {
      await supervisor('GrantLeave', { leave: leave.id })
    }
    await until('nothing but what people fixed on the day off', async () => {
      const day = (await days()).find((d) => d.day === leave.fromDay)
      return day.onLeave && day.items.every((i) => i.pinned || i.status !== 'OPEN')
    }, 60)
  })
})
