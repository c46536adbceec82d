// Walks through the first page as a rep would, at phone and desk size, in both languages and both colour schemes.
// usage: node page.mjs URL LOGIN PASSWORD FOLDER-FOR-SCREENSHOTS
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const [url, login, password, pictures] = process.argv.slice(2)
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const looks = [
  { name: 'phone-zh', viewport: { width: 390, height: 844 }, locale: 'zh-CN', colorScheme: 'light', today: /今天|月/, refused: '登录名或密码不对。', out: '退出' },
  { name: 'phone-en', viewport: { width: 390, height: 844 }, locale: 'en-GB', colorScheme: 'dark', today: /Today|day/, refused: 'Login or password is wrong.', out: 'Sign out' },
  { name: 'desk-zh', viewport: { width: 1280, height: 800 }, locale: 'zh-CN', colorScheme: 'dark', today: /今天|月/, refused: '登录名或密码不对。', out: '退出' },
  { name: 'desk-en', viewport: { width: 1280, height: 800 }, locale: 'en-GB', colorScheme: 'light', today: /Today|day/, refused: 'Login or password is wrong.', out: 'Sign out' },
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
try {
  for (const look of looks) await walk(look)
} finally {
  await browser.close()
}

async function walk(look) {
  const context = await browser.newContext({ viewport: look.viewport, locale: look.locale, colorScheme: look.colorScheme, bypassCSP: true })
  const page = await context.newPage()
  const troubles = []
  page.on('pageerror', (error) => troubles.push(error.message))
  await page.goto(url)
  await page.waitForSelector('#door:not([hidden])')
  await shown(page, look, 'door')

  await page.fill('[name=login]', login)
  await page.fill('[name=password]', 'not-the-password')
  await page.click('#sign-in button')
  await page.waitForFunction(() => document.querySelector('#refusal').textContent !== '')
  assert.equal(await page.textContent('#refusal'), look.refused)

  await page.fill('[name=password]', password)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelector('#day-title').textContent !== '')
  assert.match(await page.textContent('#day-title'), look.today)
  await dayWithItems(page)
  await page.click('.item summary')
  await page.waitForFunction(() => document.querySelector('.item .why').children.length > 0)
  await shown(page, look, 'day')

  await page.reload()
  await page.waitForSelector('#day:not([hidden])')
  assert.equal(await page.textContent('#leave'), look.out)
  await page.click('#leave')
  await page.waitForSelector('#door:not([hidden])')
  assert.deepEqual(troubles, [])
  await context.close()
}

// dayWithItems steps forward to a day on which something is planned: today may be a day off.
async function dayWithItems(page) {
  for (let step = 0; step < 14; step++) {
    if (await page.locator('.item').count() > 0) return
    const before = await page.textContent('#day-title')
    await page.click('#after')
    await page.waitForFunction((old) => document.querySelector('#day-title').textContent !== old, before)
  }
  assert.fail('nothing planned in two weeks')
}

// shown takes a picture, and holds the screen to accessibility and to its width.
async function shown(page, look, screen) {
  await page.screenshot({ path: join(pictures, `${look.name}-${screen}.png`) })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  assert.ok(overflow <= 0, `${look.name} ${screen}: ${overflow}px too wide`)
  await page.addScriptTag({ path: axe })
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`), [], `${look.name} ${screen}`)
}
