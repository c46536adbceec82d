// Customers, people and phones change hands while a phone is away.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { chapters, newDevice, newID, picture, signedIn, startServer, startWay, until } from '../harness.mjs'
import { accountsOf, go, logVisit, logsOf, onceOnServer, plan, settled, signInOn, workOn, workSays } from '../rep.mjs'

const chapter = chapters(test)
let server, way, phone, page, rep, supervisor, manager, accounts, colleague
before(async () => {
  server = await startServer()
  way = await startWay(server)
  rep = await signedIn(server, process.env.REP)
  supervisor = await signedIn(server, 'supervisor')
  manager = await signedIn(server, 'manager')
  accounts = await accountsOf(rep, 12)
  colleague = { login: 'rep02', ...(await signedIn(server, 'rep02')).user }
  await plan(rep, accounts[0])
  phone = await newDevice()
  page = await phone.page(way.url)
  await signInOn(page, process.env.REP)
  await settled(page)
})
after(async () => { await phone?.end(); await way?.end(); await server?.end() })

const reassign = (account, to) => supervisor('Reassign', { input: { id: newID(), accounts: [account.id], toRep: to, reason: '调整片区', note: '喜欢下棋' } })

chapter('a customer moves to a colleague while the phone is away: the visit before is credited, the one after is reviewed, the file leaves', async () => {
  const account = accounts[1]
  way.set('down')
  await go(page, `/log/new?account=${account.id}&kind=HOME_VISIT`)
  await page.getByText('结果如何？').waitFor()
  await logVisit(page, { account, note: '移交之前' })
  await new Promise((resolve) => setTimeout(resolve, 1200))
  await reassign(account, colleague.id)
  await new Promise((resolve) => setTimeout(resolve, 1200))
  await logVisit(page, { account, note: '移交之后' })
  way.set('pass')
  await page.evaluate(() => dispatchEvent(new Event('online')))
  const before = await onceOnServer(manager, account, '移交之前')
  const later = await onceOnServer(manager, account, '移交之后')
  assert.equal(before.userId, rep.user.id)
  assert.ok(!before.review.includes('AFTER_HANDOVER'))
  assert.ok(later.review.includes('AFTER_HANDOVER'))
  await workSays(page, /移交/)
  await picture(page, 'story-handover')
  await go(page, `/account/${account.id}`)
  await until('the file is gone', async () => (await page.getByRole('heading', { name: account.name }).count()) === 0)
})

chapter('somebody else signs in on the phone: the work of the first stays theirs and goes up', async () => {
  const account = accounts[2]
  way.set('down')
  await logVisit(page, { account, note: '换人之前写的' })
  await go(page, '/me')
  await page.getByRole('button', { name: /退出登录/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /退出登录/ }).click()
  await page.getByText(/内容已上锁/).waitFor()
  assert.equal(await page.getByText(account.name).count(), 0)
  way.set('pass')
  await page.getByRole('textbox', { name: '账号' }).fill(colleague.login)
  await page.getByRole('textbox', { name: '密码' }).fill('huifang-demo')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL(/\/today/)
  const log = await onceOnServer(manager, account, '换人之前写的', 60)
  assert.equal(log.userId, rep.user.id)
  assert.doesNotMatch(await workOn(page), new RegExp(account.name))
  await go(page, '/me')
  await page.getByRole('button', { name: /退出登录/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /退出登录/ }).click()
  await page.getByRole('textbox', { name: '密码' }).waitFor()
  await signInOn(page, process.env.REP)
  await settled(page)
})

chapter('a refused piece of work is kept, explained, holds nothing else up, and can be dropped', async () => {
  const [edited, other] = [accounts[3], accounts[4]]
  way.set('down')
  const { version } = (await rep('AccountFile', { account: edited.id, lang: 'ZH' })).accountFile.account
  await rep('EditAccount', { input: { id: newID(), accountId: edited.id, version, job: '退休教师' } })
  await editJob(page, edited, '退休医生')
  await logVisit(page, { account: other, note: '不受影响' })
  way.set('pass')
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await onceOnServer(rep, other, '不受影响')
  await workSays(page, /需要您处理/)
  await picture(page, 'story-conflict')
  await page.getByRole('link', { name: /^修改.*资料/ }).first().click()
  await page.getByRole('button', { name: '放弃这条' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '放弃这条' }).click()
  await until('nothing asks for the user', async () => !/需要您处理/.test(await workOn(page)))
  const { account } = (await rep('AccountFile', { account: edited.id, lang: 'ZH' })).accountFile
  assert.equal(account.job, '退休教师')
})

async function editJob(page, account, job) {
  await go(page, `/account/${account.id}`)
  await page.locator('#file').getByRole('button', { name: '修改' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('职业').fill(job)
  await sheet.getByRole('button', { name: '保存', exact: true }).click()
  await sheet.waitFor({ state: 'hidden' })
}

chapter('a restored backup: what the phone sent since goes up again, once', async () => {
  const account = accounts[5]
  await server.stop()
  const saved = `${server.data}-backup`
  spawnSync('cp', ['-a', server.data, saved])
  await server.start()
  await logVisit(page, { account, note: '备份之后写的' })
  await onceOnServer(rep, account, '备份之后写的')
  await until('it says so', async () => !/等待发送/.test(await workOn(page)))
  await server.stop()
  spawnSync('sh', ['-c', `rm -rf '${server.data}'/* && cp -a '${saved}'/. '${server.data}'/ && rm -rf '${saved}'`])
  const restored = spawnSync(process.env.HUIFANG, ['restored', '--data', server.data], { encoding: 'utf8' })
  assert.equal(restored.status, 0, restored.stderr)
  await server.start()
  rep = await signedIn(server, process.env.REP)
  assert.equal((await logsOf(rep, account)).filter((l) => l.note === '备份之后写的').length, 0)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await onceOnServer(rep, account, '备份之后写的', 90)
})

chapter('a lost phone: its work goes up, then its rows are wiped', async () => {
  const account = accounts[6]
  way.set('down')
  await logVisit(page, { account, note: '丢手机之前写的' })
  supervisor = await signedIn(server, 'supervisor')
  const { devices } = await supervisor('Devices')
  const device = devices.find((d) => d.userId === rep.user.id && !d.revokedAt && d.issued > 0)
  await new Promise((resolve) => setTimeout(resolve, 1200))
  await supervisor('RevokeDevice', { user: rep.user.id, device: device.id, why: '手机丢了' })
  way.set('pass')
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.getByRole('textbox', { name: '密码' }).waitFor()
  rep = await signedIn(server, process.env.REP)
  await onceOnServer(rep, account, '丢手机之前写的', 60)
  await until('no rows of the user', () => page.evaluate(async (user) => !(await indexedDB.databases()).some((d) => d.name.includes(user)), rep.user.id))
  await until('the supervisor sees it', async () => (await supervisor('Devices')).devices.find((d) => d.id === device.id).wipedAt)
})

chapter('nothing went wrong unseen', () => assert.deepEqual(phone.troubles, []))
