// Every screen and its main sheets, at phone and desk size, in both languages and both colours: a picture of each for
// people to look at, and what a machine can hold against it: accessibility, width, errors, words left untranslated.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { DESK, documents, faults, newDevice, newID, PASSWORD, PHONE, picture, signedIn, startServer, startWay, until } from '../harness.mjs'
import { accountsOf, go, plan } from '../rep.mjs'
import { furnishDesk, leaders } from '../desks.mjs'
import { foreign, heard, wordsOf } from '../words.mjs'

const looks = [
  { name: 'phone-zh-light', lang: 'zh', viewport: PHONE, colorScheme: 'light' },
  { name: 'phone-en-dark', lang: 'en', viewport: PHONE, colorScheme: 'dark' },
  { name: 'desk-zh-dark', lang: 'zh', viewport: DESK, colorScheme: 'dark' },
  { name: 'desk-en-light', lang: 'en', viewport: DESK, colorScheme: 'light' },
]

const spare = { login: process.env.REP, password: PASSWORD, device: 'Android · Chrome', deviceId: newID() }
const data = {}
let server, rep, account, others
before(async () => {
  server = await startServer()
  rep = await signedIn(server, process.env.REP)
  const accounts = await accountsOf(rep, 40)
  account = await richest(accounts)
  others = accounts.filter((a) => a.id !== account.id)
  await furnish(account)
  for (const a of [account, ...others.slice(0, 6)]) await plan(rep, a)
  await plan(rep, accounts.at(-1), 'CALL')
  await rep('SignIn', spare)
  const { health } = await rep('Health', { account: account.id })
  const written = ['老师', '医生', '聊得很好', '没有这个人', ...Object.values(health)]
  const names = await furnishDesk(server, rep)
  for (const lang of ['zh', 'en']) data[lang] = new Set([...await heard(rep, lang), ...names, ...written])
})
after(async () => { await server?.end() })

/** The account of which most is known. */
async function richest(accounts) {
  const files = await Promise.all(accounts.map((a) => rep('AccountFile', { account: a.id, lang: 'ZH' })))
  const much = ({ accountFile: f }) => f.members.length + f.dates.length + f.account.purchases + f.logs.length
  const most = files.indexOf(files.toSorted((a, b) => much(b) - much(a))[0])
  return accounts[most]
}

/** Gives an account what is rare: a case, a person with a birthday tomorrow, something not to mention. */
async function furnish({ id: accountId }) {
  const member = newID(), soon = new Date(Date.now() + 32 * 3_600_000)
  await rep('OpenCase', { input: { id: newID(), accountId, kind: 'REACTION', note: '用后手上起疹子' } })
  await rep('AddMember', { input: { id: member, accountId, name: '王秀兰', relation: '老伴', birthYear: 1953 } })
  await rep('AddDate', { input: {
    id: newID(), accountId, memberId: member, occasion: 'SPOUSE_BIRTHDAY', calendar: 'SOLAR', month: soon.getUTCMonth() + 1, day: soon.getUTCDate(),
  } })
  const { version } = (await rep('AccountFile', { account: accountId, lang: 'ZH' })).accountFile.account
  await rep('EditAccount', { input: { id: newID(), accountId, version, taboos: '别提他儿子的工作', frail: true } })
}

// Two at a time: they wait more than they work.
describe('every screen', { concurrency: 2 }, () => {
  for (const look of looks) test(look.name, (t) => walk(t, look))
})

async function walk(t, look) {
  const way = await startWay(server)
  const device = await newDevice({ viewport: look.viewport, colorScheme: look.colorScheme, locale: look.lang === 'zh' ? 'zh-CN' : 'en-GB' })
  t.after(async () => { await device.end(); await way.end() })
  const page = await device.page(way.url)
  const tour = new Tour(page, look, wordsOf(look.lang))
  await tour.door()
  await tour.today()
  await tour.log()
  await tour.account()
  await tour.accounts()
  await tour.plan()
  await tour.me()
  if (look.name === 'desk-zh-dark') await tour.keyboard()
  if (look.name === 'phone-en-dark') await tour.large()
  await tour.trouble(way)
  await leaders(tour)
  assert.equal([...tour.wrong, ...device.troubles.map((text) => `error: ${text}`)].join('\n'), '')
}

/** One walk through everything; what is wrong is gathered, so that one run tells all. */
class Tour {
  wrong = []
  constructor(page, look, words) { Object.assign(this, { page, look, words, desk: look.viewport === DESK, main: page.locator('main') }) }

  /** Looks at what is on the screen: a picture, and all that can be held against it. */
  async see(name, { title, full = true } = {}) {
    const { page, look } = this
    await page.waitForFunction(() => !document.querySelector('[class*="-enter-active"], [class*="-leave-active"], .k-skeleton'))
    const whole = full && await page.getByRole('dialog').count() === 0
    if (whole) await page.evaluate(() => window.scrollTo(0, 0))
    await picture(page, `look-${name}-${look.name}`, whole)
    const said = [...await faults(page), ...await foreign(page, look.lang, data[look.lang])]
    if (title) {
      const now = await page.title()
      if (!now.startsWith(this.words[title])) said.push(`titled "${now}"`)
    }
    this.wrong.push(...said.map((text) => `${name}: ${text}`))
  }

  word(key) { return this.words[key] ?? assert.fail(`no word for ${key}`) }
  button(key, where = this.main) { return where.getByRole('button', { name: this.word(key) }).first() }
  get dialog() { return this.page.getByRole('dialog').last() }

  /** Opens a sheet, looks at it, does what is wanted there, and closes it by the keyboard: the focus must be back. */
  async sheet(name, opener, inside) {
    await opener.click()
    await this.dialog.waitFor()
    await this.page.waitForTimeout(350)
    await this.see(name)
    await inside?.(this.dialog)
    await this.shut()
    if (await this.page.evaluate(() => document.activeElement === document.body)) this.wrong.push(`${name}: the focus is lost`)
  }

  async shut() {
    while (await this.page.getByRole('dialog').count() > 0) {
      const before = await this.page.getByRole('dialog').count()
      await this.page.keyboard.press('Escape')
      await until('the sheet to close', async () => await this.page.getByRole('dialog').count() < before)
    }
  }

  async go(path) {
    await go(this.page, path)
    await this.page.waitForFunction((p) => location.pathname === p, path.split('?')[0])
    await this.page.locator('main h1').first().waitFor()
  }

  async signIn(login, password = PASSWORD) {
    await this.page.locator('input[autocomplete=username]').fill(login)
    await this.page.locator('input[autocomplete=current-password]').fill(password)
    await this.page.locator('form button[type=submit]').click()
  }

  async door() {
    const { page } = this
    await page.locator('form').waitFor()
    if (this.look.lang === 'en') await page.getByRole('button', { name: 'English' }).click()
    await this.see('door', { title: 'signin' })
    await this.signIn(process.env.REP, 'not-the-password')
    await page.getByText(this.word('wrong')).waitFor()
    await this.see('door-wrong', { title: 'signin' })
    await this.signIn(process.env.REP)
    await page.waitForURL(/\/today/)
    await page.locator('.next').waitFor()
    await until('all rows', async () => (await page.getByText(this.word('filling')).count()) === 0)
  }

  async today() {
    const { page } = this
    await this.see('today', { title: 'today' })
    const more = page.locator('.next').getByRole('button', { name: this.word('more') })
    await this.sheet('today-menu', more)
    for (const [name, icon] of [['move', 'move'], ['cancel', 'cancel'], ['why', 'why'], ['map', 'navigate']]) {
      await more.click()
      await this.sheet(`today-${name}`, this.dialog.getByRole('button', { name: this.word(icon) }), async (dialog) => {
        if (name === 'cancel') {
          await dialog.locator('button[type=submit]').click()
          await this.see('today-cancel-empty')
        }
        if (name === 'move') await this.sheetIn('today-move-month', dialog.locator('.k-pick').first())
      })
    }
    await this.button('fromHere').click()
    await this.see('today-here')
    await page.getByRole('button', { name: this.word('nextDay') }).click()
    await page.waitForURL(/day=/)
    await this.see('today-next-day')
  }

  /** A sheet over a sheet. */
  async sheetIn(name, opener) {
    const before = await this.page.getByRole('dialog').count()
    await opener.click()
    await until('a second sheet', async () => await this.page.getByRole('dialog').count() > before)
    await this.page.waitForTimeout(350)
    await this.see(name)
    await this.page.keyboard.press('Escape')
    await until('it to close', async () => await this.page.getByRole('dialog').count() === before)
  }

  async log() {
    const { page } = this
    await this.go(`/log/new?account=${account.id}&kind=HOME_VISIT`)
    await page.locator('#field-outcome').waitFor()
    await this.see('log', { title: 'log' })
    await page.locator('.k-foot button').click()
    await page.locator('.k-field-error').first().waitFor()
    await this.see('log-error', { title: 'log' })
    await page.locator('.outcome').first().click()
    await this.see('log-met', { title: 'log' })
    await page.getByLabel(this.word('note')).fill('聊得很好')
    await page.getByLabel(this.word('repurchase')).check({ force: true })
    await page.getByRole('switch').or(page.locator('.k-switch input')).first().click({ force: true })
    await this.sheet('log-product', page.locator('.order .k-pick').first())
    for (const key of ['giveBack', 'stop', 'reaction']) await page.getByLabel(this.word(key)).first().click({ force: true })
    await this.see('log-all', { title: 'log' })
    await this.sheet('log-script', page.getByRole('button', { name: this.word('script') }))
    await this.go('/today')
    await page.locator('.next').waitFor()
    await this.see('today-draft')
    await this.go('/me/outbox')
    await this.see('work-draft', { title: 'work' })
  }

  async account() {
    const { page } = this
    await this.go(`/account/${account.id}`)
    await page.locator('#file').waitFor()
    await this.see('account', { title: 'account' })
    await this.sheet('account-map', this.button('route'))
    await this.sheet('account-plan', this.button('planOne'))
    await this.sheet('account-script', this.button('script'))
    await this.sheet('account-file', page.locator('#file').getByRole('button', { name: this.word('edit') }))
    const household = page.locator('#household').getByRole('button')
    await this.sheet('account-member', household.filter({ hasText: this.word('addMember') }))
    await this.sheet('account-date', household.filter({ hasText: this.word('addDate') }))
    await this.sheet('account-remove', household.first())
    await this.sheet('account-purchase', page.locator('#purchases').getByRole('button', { name: this.word('purchase') }))
    await this.sheet('account-return', page.locator('#purchases').getByRole('button', { name: this.word('giveBackOne') }))
    await this.sheet('account-step', page.locator('#cases').getByRole('button', { name: this.word('step') }))
    await this.sheet('account-close', page.locator('#cases').getByRole('button', { name: this.word('close') }))
    await this.sheet('account-case', page.locator('#cases').getByRole('button', { name: this.word('openCase') }))
    await this.sheet('account-stop', page.locator('#cases').getByRole('button', { name: this.word('stopIt') }))
    await this.sheet('account-horizon', this.button('horizon'))
    await this.sheet('account-standing', this.button('standing'), async (dialog) => {
      const propose = dialog.getByRole('button', { name: this.word('proposeGrade') })
      await propose.click()
      await propose.click() // nothing chosen
      await this.see('account-standing-propose')
    })
    await this.sheet('account-contact', this.button('edit'))
    await this.sheet('account-pause', this.button('pause'))
    await this.sheet('account-tags', this.button('tags'))
    await this.button('health').click()
    await page.locator('.health dl').waitFor()
    await this.see('account-health', { title: 'account' })
    await this.go(`/account/${newID()}`)
    await this.see('account-gone')
  }

  async accounts() {
    const { page } = this
    await this.go('/accounts')
    await page.locator('.rows a').first().waitFor()
    await this.see('accounts', { title: 'accounts', full: false })
    await this.sheet('accounts-filter', page.getByRole('button', { name: this.word('filter') }), async (dialog) => {
      await dialog.getByLabel(this.word('tierA')).check({ force: true })
    })
    await page.locator('.chips button').first().waitFor()
    await this.see('accounts-filtered', { full: false })
    await page.locator('.tools input').fill('没有这个人')
    await page.locator('.k-empty').first().waitFor()
    await this.see('accounts-none', { full: false })
    await page.locator('.tools input').fill('')
    await page.locator('.chips button').first().click()
    await page.locator('.tools select').selectOption('distance')
    await this.see('accounts-near', { full: false })
    await page.locator('.tools select').selectOption('due')
    if (this.desk) {
      await this.go(`/accounts/${account.id}`)
      await page.locator('#file').waitFor()
      await this.see('accounts-chosen', { title: 'account', full: false })
    }
  }

  async plan() {
    const { page } = this
    await this.go('/plan')
    await page.getByRole('tab').first().waitFor()
    await this.see('plan', { title: 'plan' })
    for (const [i, name] of [[1, 'month'], [2, 'shed'], [3, 'leave']]) {
      await page.getByRole('tab').nth(i).click()
      await this.see(`plan-${name}`, { title: 'plan' })
    }
    await this.sheet('plan-ask-leave', page.getByRole('tabpanel').getByRole('button').last())
    await this.sheet('plan-add', page.locator('.k-bar').getByRole('button').first(), async (dialog) => {
      await dialog.locator('input[type=search]').fill(others[0].name)
      await dialog.locator('.found button').first().waitFor()
      await dialog.locator('button[type=submit]').click()
      await this.see('plan-add-found')
    })
  }

  async me() {
    const { page } = this
    await this.go('/me')
    await page.locator('.chart').first().waitFor()
    await this.see('me', { title: 'me' })
    await this.sheet('me-sign-out', this.button('signOut'), (dialog) => dialog.getByRole('button').last().click())
    await this.go('/me/numbers')
    await page.locator('.kind').first().waitFor()
    await this.see('numbers', { title: 'numbers' })
    await this.go('/me/devices')
    await page.locator('.device').first().waitFor()
    await this.see('devices', { title: 'devices' })
    await this.sheet('devices-revoke', page.locator('.device').getByRole('button').first(), async (dialog) => {
      await dialog.getByRole('button').last().click()
    })
    await this.go('/me/password')
    await page.locator('form').waitFor()
    await page.locator('.k-foot button').click()
    await this.see('password', { title: 'password' })
    await this.go('/nowhere')
    await this.see('lost', { title: 'lost' })
  }

  /** By the keyboard alone: every stop is seen, none is a trap, and Enter opens. */
  async keyboard() {
    const { page } = this
    const places = [['/today', '.next'], ['/accounts', '.rows a'], ['/plan', '.day'], [`/account/${account.id}`, '#file'],
      [`/log/new?account=${account.id}&kind=HOME_VISIT`, '.outcome'], ['/me', '.chart']]
    for (const [path, filled] of places) {
      await this.go(path)
      await page.locator(`main ${filled}`).first().waitFor()
      await page.evaluate(() => document.activeElement?.blur())
      const stops = new Set()
      for (let n = 0; n < 40; n++) {
        await page.keyboard.press('Tab')
        const stop = await page.evaluate(focusSeen)
        if (!stop) break
        if (!stop.seen) this.wrong.push(`keyboard ${path}: the focus is not seen on ${stop.name}`)
        stops.add(stop.name)
      }
      if (stops.size < 8) this.wrong.push(`keyboard ${path}: only ${stops.size} stops: ${[...stops].join(', ')}`)
    }
    await this.go('/today')
    const more = page.locator('.next').getByRole('button', { name: this.word('more') })
    await more.focus()
    await page.keyboard.press('Enter')
    await this.dialog.waitFor()
    await page.keyboard.press('Escape')
    await this.dialog.waitFor({ state: 'hidden' })
    if (!(await more.evaluate((e) => e === document.activeElement))) this.wrong.push('keyboard: a closed sheet does not give the focus back')
    await this.changing()
  }

  /** The focus stays where it is while a list gets news, and goes to the heading when what had it is gone. */
  async changing() {
    const { page } = this
    await this.go('/me/devices')
    const row = page.locator('.device').filter({ hasText: spare.device })
    const news = async () => {
      const heard = page.waitForResponse((answer) => answer.request().postData()?.includes(documents.Devices))
      await page.evaluate(() => dispatchEvent(new Event('online')))
      await heard
    }
    await row.getByRole('button').focus()
    await rep('SignIn', spare)
    await news()
    await page.waitForTimeout(300)
    if (!(await row.getByRole('button').evaluate((e) => e === document.activeElement))) this.wrong.push('keyboard: a row that was seen again loses the focus')
    await page.keyboard.press('Enter')
    await this.dialog.waitFor()
    await rep('RevokeDevice', { user: rep.user.id, device: spare.deviceId, why: '丢了' })
    await news()
    await row.getByRole('button').waitFor({ state: 'detached' })
    await this.shut()
    if (await page.evaluate(() => document.activeElement?.tagName) !== 'H1') this.wrong.push('keyboard: the focus is lost with what had it')
  }

  /** With letters twice as large nothing is too wide. */
  async large() {
    const { page } = this
    const style = await page.addStyleTag({ content: ':root { font-size: 200% }' })
    const places = [['today', '/today'], ['accounts', '/accounts'], ['plan', '/plan'], ['account', `/account/${account.id}`],
      ['log', `/log/new?account=${account.id}&kind=CALL`], ['me', '/me'], ['numbers', '/me/numbers']]
    for (const [name, path] of places) {
      await this.go(path)
      await page.waitForTimeout(500)
      await this.see(`large-${name}`, { full: name !== 'accounts' })
    }
    await style.evaluate((e) => e.remove())
  }

  /** Work that waits, without a network; then a conflict. */
  async trouble(way) {
    const { page } = this
    const other = others[looks.indexOf(this.look)]
    way.set('down')
    await this.go(`/account/${other.id}`)
    const { version } = (await rep('AccountFile', { account: other.id, lang: 'ZH' })).accountFile.account
    await page.locator('#file').getByRole('button', { name: this.word('edit') }).click()
    await this.dialog.getByLabel(this.word('job')).fill(`老师${version}`)
    await this.dialog.getByRole('button', { name: this.word('save') }).click()
    await this.dialog.waitFor({ state: 'hidden' })
    await this.go('/me/outbox')
    await page.getByText(this.word('saved')).first().waitFor()
    await this.see('work-waiting', { title: 'work' })
    await this.go('/today')
    await page.locator('.next').waitFor()
    await this.see('today-offline', { title: 'today' })
    await rep('EditAccount', { input: { id: newID(), accountId: other.id, version, job: `医生${version}` } })
    way.set('pass')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await this.go('/me/outbox')
    await page.getByText(this.word('needsYou')).first().waitFor()
    await page.locator('main a[href*="/me/outbox/"]').first().waitFor()
    await this.see('work-conflict', { title: 'work' })
    await page.locator('main a[href*="/me/outbox/"]').first().click()
    await page.waitForURL(/outbox\/./)
    await page.locator('.fields').waitFor()
    await this.see('piece', { title: 'piece' })
    await this.go(`/account/${other.id}`)
    await this.sheet('account-conflict', page.locator('button.k-row.is-danger').first())
    await this.go('/me')
    await this.see('me-conflict', { title: 'me' })
    await this.button('signOut').click()
    await this.dialog.getByRole('button').first().click()
    await page.waitForURL(/signin/)
    await this.see('door-locked', { title: 'signin' })
  }
}

/** Where the focus is and whether it can be seen: on the element, on its neighbour that stands for it, or on its box. */
function focusSeen() {
  const at = document.activeElement
  if (!at || at === document.body) return null
  const drawn = (e) => e && ((getComputedStyle(e).outlineStyle !== 'none' && parseFloat(getComputedStyle(e).outlineWidth) >= 2) || getComputedStyle(e).boxShadow !== 'none')
  const { width, height } = at.getBoundingClientRect()
  const seen = width > 0 && height > 0 && [at, at.nextElementSibling, at.closest('.k-field-box, .outcome, label')].some(drawn)
  return { seen, name: `${at.tagName.toLowerCase()} ${(at.getAttribute('aria-label') ?? at.textContent ?? '').trim().slice(0, 20)} ${at.id}` }
}
