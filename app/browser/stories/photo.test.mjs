// Photos of a visit: kept while the form is open, uploaded on their own, seen only by who may see the visit.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chapters, newDevice, picture, signedIn, startServer, startWay, until } from '../harness.mjs'
import { accountsOf, fillLog, go, onceOnServer, settled, signInOn } from '../rep.mjs'

const chapter = chapters(test)
let server, way, phone, page, rep, account, shots, photos
before(async () => {
  server = await startServer()
  way = await startWay(server)
  rep = await signedIn(server, process.env.REP);
  [account] = await accountsOf(rep, 1)
  phone = await newDevice()
  page = await phone.page(way.url)
  await signInOn(page, process.env.REP)
  await settled(page)
  shots = await Promise.all([1, 2].map(async (n) => ({ name: `${n}.jpg`, mimeType: 'image/jpeg', buffer: await page.screenshot({ type: 'jpeg' }) })))
})
after(async () => { await phone?.end(); await way?.end(); await server?.end() })

chapter('photos of a form survive a phone that dies', async () => {
  way.set('down')
  await go(page, `/log/new?account=${account.id}&kind=HOME_VISIT`)
  await page.getByRole('radio', { name: '见到了', exact: true }).check({ force: true })
  await page.getByLabel('备注').fill('拍了两张')
  await page.locator('input[type=file]').first().setInputFiles(shots)
  await until('both', async () => (await page.getByRole('button', { name: /查看第 2 张照片/ }).count()) === 1)
  await page.waitForTimeout(500)
  await phone.kill()
  await phone.open()
  page = await phone.page(`${way.url}/log/new?account=${account.id}&kind=HOME_VISIT`)
  await until('both again', async () => (await page.getByRole('button', { name: /查看第 2 张照片/ }).count()) === 1)
  await picture(page, 'story-photos')
  await fillLog(page)
})

chapter('they go up in pieces over a line that fails, and are there once', async () => {
  way.set('cut')
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.waitForTimeout(2500)
  way.set('pass')
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await onceOnServer(rep, account, '拍了两张', 60)
  photos = await until('both photos', async () => {
    const log = (await allLogs(rep)).find((l) => l.note === '拍了两张')
    return log?.photos.length === 2 && log.photos
  }, 60)
})

chapter('only who may see the visit gets them', async () => {
  const get = (who, size) => fetch(`${server.url}/photos/${photos[0].id}?size=${size}`, { headers: who ? { Authorization: `Bearer ${who.token}` } : {} })
  for (const size of ['thumb', 'full']) {
    const answer = await get(rep, size)
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type'), /image\/jpeg/)
    assert.ok((await answer.arrayBuffer()).byteLength > 500)
  }
  assert.equal((await get(await signedIn(server, 'rep02'), 'full')).status, 404)
  assert.equal((await get(null, 'full')).status, 401)
})

chapter('a second device shows them in the history of the account', async () => {
  const other = await newDevice()
  const desk = await other.page(server.url)
  await signInOn(desk, process.env.REP)
  await settled(desk)
  await go(desk, `/account/${account.id}`)
  await until('the picture', () => desk.evaluate(() => [...document.querySelectorAll('main img')].some((i) => i.naturalWidth > 0)))
  await desk.locator('main img').first().scrollIntoViewIfNeeded()
  await picture(desk, 'story-photo-history')
  assert.deepEqual(other.troubles, [])
  await other.end()
})

async function allLogs(who) {
  const all = []
  for (let after = '', more = true; more;) {
    const { changes } = await who('Changes', { after, first: 2000 })
    all.push(...changes.logs);
    ({ cursor: after, more } = changes)
  }
  return all
}

test('nothing went wrong unseen', () => assert.deepEqual(phone.troubles, []))
