// A leader's day at the desk: what goes wrong is repaired, and the phones it concerns follow at once. On a phone and at a desk.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { chapters, DESK, newID, PHONE, picture, signedIn, startServer, startWay, until } from '../harness.mjs'
import { deviceOf, holders, inboxOf, live, pick, row, sheet, visit } from '../leader.mjs'
import { accountsOf, today } from '../rep.mjs'

for (const viewport of [DESK, PHONE]) describe(`${viewport.width} × ${viewport.height}`, () => {
  const chapter = chapters(test)
  let server, way, air, desk, page, phone, mine, other, theirs, boss, reps, rep, colleague, supervisor, manager, expert
  const see = (name, at = page) => picture(at, `desk-${name}-${viewport.width}`, true)
  before(async () => {
    server = await startServer()
    way = await startWay(server)
    air = await startWay(server) // what phones go through
    ;[supervisor, manager, expert, ...reps] = await Promise.all(['supervisor', 'manager', 'expert', process.env.REP, 'rep02', 'rep03', 'rep04'].map((login) => signedIn(server, login)))
    ;[rep, colleague] = reps
    ;[desk, phone, other] = [await deviceOf(way, 'supervisor', viewport), await deviceOf(air, process.env.REP), await deviceOf(air, 'rep02')]
    ;[page, mine, theirs] = [desk.at, phone.at, other.at]
  })
  after(async () => { for (const it of [boss, desk, phone, other, way, air, server]) await it?.end() })

  chapter('a missed contact gets another day in its row, which goes by itself; the phone has it at once, the server once', async () => {
    const missed = (await inboxOf(supervisor, 'MISSED')).find((e) => e.repId === rep.user.id)
    await visit(mine, `/account/${missed.accountId}`)
    await visit(page, '/inbox')
    await page.getByRole('radio', { name: /^错过的回访/ }).check({ force: true })
    await page.waitForURL(/kind=MISSED/)
    await until('only those missed', async () => (await page.getByText('久未联系', { exact: true }).count()) === 0)
    await see('inbox')
    await page.getByRole('button', { name: `改期: ${missed.accountName}` }).click()
    await sheet(page).getByRole('button', { name: '明天', exact: true }).click()
    await see('inbox-move')
    await sheet(page).getByRole('button', { name: '改期', exact: true }).click()
    await page.getByText(`${missed.accountName}的回访已改到`).waitFor()
    await live('the phone to show the new day', () => mine.locator('li').filter({ hasText: /^明天/ }).count())
    await live('the row to go', async () => (await row(page, missed.accountName).count()) === 0)
    const { accountFile } = await rep('AccountFile', { account: missed.accountId, lang: 'ZH' })
    assert.deepEqual(accountFile.items.filter((i) => i.day === today(1)).map((i) => i.id), [missed.item.id])
    assert.ok(!(await inboxOf(supervisor, 'MISSED')).some((e) => e.id === missed.id))
  })

  chapter('what can wait is put aside with a reason, and stays away', async () => {
    await visit(page, '/inbox')
    await page.getByRole('radio', { name: /^全部/ }).check({ force: true })
    const later = (await inboxOf(supervisor))[0]
    const found = row(page, later.accountName)
    await found.getByRole('button', { name: /^稍后/ }).click()
    await sheet(page).getByRole('button', { name: '放到一边' }).click()
    await sheet(page).getByText('请填写').first().waitFor()
    await sheet(page).getByLabel('为什么可以等').fill('周三一起去')
    await sheet(page).getByRole('button', { name: '放到一边' }).click()
    await page.getByText(/再看$/).waitFor()
    await live('the row to go', async () => (await found.filter({ hasText: later.words }).count()) === 0)
    assert.ok(!(await inboxOf(supervisor)).some((e) => e.kind === later.kind && e.id === later.id))
  })

  chapter('an odd contact is to be looked at; what its author says of it offline arrives, is seen at once, and it is settled', async () => {
    const [one, two] = (await accountsOf(rep, 30)).filter((a) => a.lat !== null)
    const note = '聊了聊近况，一切都好，下周再来看看'
    for (const [account, far] of [[one, 0], [two, 0.6]]) await logged(rep, account, { note, lat: account.lat + far, lng: account.lng })
    await visit(page, '/inbox?kind=REVIEW')
    await row(page, two.name).waitFor()
    await row(page, two.name).getByText('记录与别处相同').waitFor()
    await visit(mine, `/account/${two.id}`)
    await mine.getByRole('button', { name: '说明情况' }).waitFor()
    air.set('down')
    await mine.getByRole('button', { name: '说明情况' }).click()
    await sheet(mine).getByLabel('当时的情况').fill('在活动中心见的面')
    await sheet(mine).getByRole('button', { name: '保存', exact: true }).click()
    await mine.getByText('您的说明：在活动中心见的面').waitFor()
    air.set('pass')
    await mine.evaluate(() => dispatchEvent(new Event('online')))
    const [log] = (await inboxOf(supervisor, 'REVIEW')).filter((e) => e.accountId === two.id)
    await until('the answer on the server', async () => (await supervisor('Review', { log: log.id })).review.answer === '在活动中心见的面')
    await live('the answer at the desk', () => row(page, `${rep.user.name}说明：在活动中心见的面`).count())
    await page.getByRole('button', { name: `查看: ${two.name}` }).click()
    await sheet(page).getByRole('button', { name: '查看备注' }).click()
    await sheet(page).getByText(note).waitFor()
    await sheet(page).getByRole('radio', { name: '属实' }).check({ force: true })
    await see('inbox-look')
    await sheet(page).getByRole('button', { name: '记下判断' }).click()
    await page.getByText('已记下', { exact: true }).waitFor()
    await live('the row to go', async () => (await row(page, two.name).count()) === 0)
    assert.equal((await supervisor('Review', { log: log.id })).review.verdict, 'FINE')
    await live('the word on the phone', () => mine.getByText('主管看过：属实').count())
  })

  chapter('accounts change hands after a look at the effect; both phones follow, the brief is read, and undo brings them back', async () => {
    const before = await holders(supervisor)
    const chosen = distinct(await accountsOf(rep, 40)).slice(4, 7)
    await visit(mine, '/accounts')
    await visit(page, '/moves/new')
    if (viewport === PHONE) await page.getByRole('button', { name: '更多条件' }).click()
    await pick(page, '代表', rep.user.name)
    await until('the accounts of the rep', async () => (await page.locator('main input[type=checkbox]').count()) > 20)
    for (const { name } of chosen) await page.locator('main').getByRole('checkbox', { name: new RegExp(name) }).first().check({ force: true })
    await page.getByRole('heading', { name: /^已选 3 位/ }).waitFor()
    await see('move-list')
    await page.getByRole('button', { name: '下一步：选接手人' }).click()
    await page.getByRole('radio', { name: new RegExp(colleague.user.name) }).check({ force: true })
    await see('move-receivers')
    await page.getByRole('button', { name: '下一步：看影响' }).click()
    await page.getByText('按时间隔').first().waitFor({ timeout: 30_000 })
    await see('move-effect')
    assert.deepEqual(await holders(supervisor), before)
    await page.getByRole('button', { name: '移交 3 位会员' }).click()
    await page.getByText('请写明理由').waitFor()
    await page.getByLabel('理由').fill('离得近')
    await page.getByLabel('给接手人的话').fill('喜欢下棋，先打电话')
    await page.getByRole('button', { name: '移交 3 位会员' }).click()
    await page.getByText('已移交 3 位会员').waitFor()
    await gone(mine, chosen)
    const now = await holders(supervisor)
    assert.deepEqual([...now].filter(([id, who]) => who !== before.get(id)).map(([id]) => id).toSorted(), chosen.map((a) => a.id).toSorted())
    await visit(theirs, `/account/${chosen[0].id}`)
    await theirs.getByText('喜欢下棋，先打电话').first().waitFor()
    await see('move-brief', theirs)
    await theirs.getByRole('button', { name: '我看过了' }).click()
    await until('the receipt on the server', async () => (await supervisor('Moves', { filter: {}, first: 1, after: '' })).moves.edges[0].node.read === 1)
    await live('the receipt at the desk', () => page.getByText('已读 1 / 3').count())
    await see('moves')
    await page.getByRole('link', { name: new RegExp(colleague.user.name) }).first().click()
    await page.getByRole('button', { name: '撤回移交' }).click()
    await sheet(page).getByLabel('原因').fill('会员已经习惯了')
    await sheet(page).getByRole('button', { name: '撤回移交' }).click()
    await page.getByText('已撤回').first().waitFor()
    await live('them on the phone again', async () => (await shown(mine, chosen)).length === 3)
    assert.deepEqual(await holders(supervisor), before)
  })

  chapter('all accounts of a rep are chosen from the inbox', async () => {
    await visit(page, '/inbox?kind=NO_ROOM')
    await page.getByRole('link', { name: `移交会员: ${colleague.user.name}` }).click()
    const held = [...(await holders(supervisor)).values()].filter((id) => id === colleague.user.id).length
    await page.getByRole('heading', { name: new RegExp(`^已选 ${held} 位`) }).waitFor()
    await page.getByRole('button', { name: '重新选' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '清空' }).click()
    await page.getByRole('heading', { name: /^已选 0 位/ }).waitFor()
  })

  chapter('a balanced team is proposed, never worse than now, and some of it is taken', async () => {
    const before = await holders(supervisor)
    await visit(page, '/balance')
    await page.getByRole('heading', { name: '选中的移交带来什么' }).waitFor({ timeout: 30_000 })
    const { balance } = await supervisor('Balance', { lang: 'ZH' })
    assert.ok(balance.moves.length > 1, 'the sample gives something to balance')
    await see('balance')
    const sums = await page.locator('main .sums').innerText()
    const [was, is] = sums.match(/([\d.]+) → ([\d.]+) 个百分点/).slice(1).map(Number)
    assert.ok(is <= was, sums)
    assert.doesNotMatch(sums, /多 \d/)
    await page.getByRole('button', { name: '全不选' }).click()
    await page.getByRole('button', { name: '请选中要移交的' }).waitFor()
    const taken = balance.moves[0]
    await page.locator('main').getByRole('checkbox', { name: new RegExp(taken.accountName) }).first().check({ force: true })
    await page.getByRole('button', { name: '看影响，再移交 1 位' }).click()
    await page.getByText('按时间隔').first().waitFor({ timeout: 30_000 })
    await page.getByRole('switch', { name: /首次上门由原代表陪同/ }).check({ force: true })
    await page.getByRole('button', { name: '移交 1 位会员' }).click()
    await page.getByText('已移交 1 位会员').waitFor()
    const now = await holders(supervisor)
    assert.deepEqual([...now].filter(([id, who]) => who !== before.get(id)), [[taken.accountId, taken.toRep.id]])
    const { handover } = await reps.find((r) => r.user.id === taken.toRep.id)('Handover', { account: taken.accountId })
    assert.ok(handover.jointVisitOn >= today())
  })

  chapter('days off are granted, a colleague stands in, and sees the accounts at once', async () => {
    const had = await coversOf(supervisor)
    await visit(theirs, '/plan')
    await theirs.getByRole('tab', { name: '请假' }).click()
    await theirs.getByRole('button', { name: '申请请假' }).click()
    await theirs.getByRole('button', { name: /^从哪天: / }).click()
    await sheet(theirs).locator('.k-day.today').click()
    await sheet(theirs).getByLabel('原因').fill('孩子发烧')
    await sheet(theirs).getByRole('button', { name: '提交申请' }).click()
    await until('the leave on the server', async () => (await supervisor('AskedLeaves')).askedLeaves.length > 0)
    await visit(page, '/covers')
    const leave = page.getByRole('listitem').filter({ hasText: '孩子发烧' })
    await leave.getByRole('button', { name: `批准${colleague.user.name}的请假` }).click()
    await page.getByText('已批准', { exact: true }).first().waitFor()
    await live('the grant on the phone', () => theirs.getByText('已批准', { exact: true }).count())
    await leave.getByRole('link', { name: `为${colleague.user.name}安排代班` }).click()
    await page.getByRole('radio', { name: new RegExp(rep.user.name) }).check({ force: true })
    await see('cover')
    await visit(mine, '/accounts')
    const covered = distinct(await accountsOf(colleague, 40)).slice(0, 3)
    await page.getByRole('radio', { name: '选一部分' }).check({ force: true })
    for (const { name } of covered) await page.locator('main').getByRole('checkbox', { name: new RegExp(name) }).first().check({ force: true })
    await page.getByRole('button', { name: '安排代班：3 位会员' }).click()
    await page.getByText('已安排，3 位会员有人代').waitFor()
    await live('the accounts on the phone', async () => (await shown(mine, covered)).length === 3)
    await see('covers')
    const covers = (await coversOf(supervisor)).filter((c) => !had.some((h) => h.id === c.id))
    assert.ok(covers.length === covered.length && covers.every((c) => c.rep.id === rep.user.id && c.owner.id === colleague.user.id && c.workFrom === today()))
    assert.equal((await holders(supervisor)).get(covered[0].id), colleague.user.id)
    await page.getByRole('button', { name: `提前结束${rep.user.name}的代班` }).click()
    await page.getByRole('dialog').getByRole('button', { name: '提前结束' }).click()
    await gone(mine, covered)
    assert.deepEqual((await coversOf(supervisor)).map((c) => c.id), had.map((c) => c.id))
  })

  chapter('a customer who went to a competitor: self-review, agreement, a joint visit with the expert, won back', async () => {
    const [account] = distinct(await accountsOf(rep, 40)).slice(10)
    const figures = async () => (await manager('CaseFigures', { from: today(-89), to: today() })).caseFigures.filter((f) => f.cause === 'COMPETITOR')[0] ?? { opened: 0, wonBack: 0 }
    boss = await deviceOf(air, 'manager', viewport)
    const at = boss.at
    const was = await figures()
    await visit(at, '/cases')
    const { stopAccount } = await rep('StopAccount', { input: { id: newID(), accountId: account.id, cause: 'COMPETITOR', note: '女儿买了别家的' } })
    const id = stopAccount.case.id
    await live('the case on the board', () => at.getByText(account.name).count())
    await see('cases', at)
    await visit(at, `/cases/${id}`)
    await at.getByText('负责人先写下自己的回顾').waitFor()
    assert.equal(await at.getByRole('button', { name: /^完成：/ }).count(), 0)
    await visit(mine, `/account/${account.id}`)
    await mine.locator('#cases').getByRole('button', { name: '完成这一步' }).click()
    await sheet(mine).getByLabel('哪里没做好，下次怎么改').fill('两个月没上门')
    await sheet(mine).getByRole('button', { name: '完成这一步' }).click()
    await at.getByRole('button', { name: '完成：与主管商定' }).click()
    await sheet(at).getByLabel('商定了什么办法').fill('请专家一起上门讲用法')
    await sheet(at).getByRole('button', { name: '保存', exact: true }).click()
    await at.getByText('步骤已完成').waitFor()
    await mine.locator('#cases').getByRole('button', { name: '查看写了什么' }).click()
    await mine.getByText('请专家一起上门讲用法').waitFor()
    await at.getByRole('button', { name: '请专家或经理同访' }).click()
    await pick(at, '请谁', expert.user.name)
    await sheet(at).locator('.free .k-button').first().click()
    await sheet(at).getByLabel('为了什么事').fill('讲讲怎么用')
    await see('case-ask', at)
    await sheet(at).getByRole('button', { name: '发出请求' }).click()
    await at.getByText(new RegExp(`^已请${expert.user.name}`)).waitFor()
    const doctor = await deviceOf(air, 'expert', viewport)
    const they = doctor.at
    await visit(they, '/requests')
    await see('requests', they)
    await they.getByRole('article').filter({ hasText: account.name }).getByRole('button', { name: '接受' }).click()
    await sheet(they).getByRole('button', { name: '接受', exact: true }).click()
    await they.getByText(/^已接受/).first().waitFor()
    await live('the answer at the desk', () => at.getByText('已接受').count())
    const joint = (await expert('JointRequests')).jointRequests.find((j) => j.accountId === account.id)
    assert.equal(joint.status, 'ACCEPTED')
    for (const [who, on] of [[rep, mine], [expert, they]]) {
      const { accountFile } = await who('AccountFile', { account: account.id, lang: 'ZH' })
      const item = accountFile.items.find((i) => i.id === joint.itemId)
      assert.equal(item?.day, joint.day)
      await visit(on, `/today?day=${joint.day}`)
      await on.getByRole('link', { name: account.name }).first().waitFor()
    }
    await doctor.end()
    await logged(rep, account, { note: '专家讲了用法，愿意再试', itemId: joint.itemId })
    await see('case', at)
    await at.getByRole('button', { name: '结束个案' }).click()
    await sheet(at).getByRole('radio', { name: '已挽回' }).check({ force: true })
    await sheet(at).getByLabel('原因').fill('又用回来了')
    await sheet(at).getByRole('button', { name: '结束个案' }).click()
    await until('it is over', async () => (await manager('Case', { case: id })).case.case.status === 'WON_BACK')
    const is = await figures()
    assert.deepEqual([is.opened, is.wonBack], [was.opened + 1, was.wonBack + 1])
  })

  /** Waits until the plans that follow what was done before are made. */
  async function settledPlans() {
    let last = '', since = Date.now()
    await until('the plans to follow', async () => {
      const now = JSON.stringify(await supervisor('Workload', { input: { by: 'REP', month: `${today().slice(0, 7)}-01` } }))
      if (now !== last) [last, since] = [now, Date.now()]
      return Date.now() - since > 2000
    })
  }

  chapter('the numbers at the desk are those on the phone, each opens its rows, and they can be taken away', async () => {
    await settledPlans()
    await visit(mine, '/me/numbers')
    const there = async () => (await mine.locator('.kind').first().innerText()).match(/计划\s*(\d+)\s*已排\s*\d+\s*完成\s*(\d+)\s*剩余\s*(\d+)/).slice(1).join()
    await mine.locator('.kind').first().waitFor()
    await visit(page, '/workload')
    await page.getByRole('radio', { name: '完成', exact: true }).check({ force: true })
    const name = rep.user.name
    const number = async (what) => (await page.getByRole('link', { name: new RegExp(`^${name}的${what} `) }).innerText()).trim()
    const here = [await number('计划'), await number('完成'), await number('剩余')]
    await live('the same numbers on the phone', async () => await there() === here.join())
    await page.getByText(/^上月 \d/).first().waitFor()
    await see('workload')
    for (const [what, format, begins] of [['XLSX', 'xlsx', 'PK'], ['CSV', 'csv', '\uFEFF']]) {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: what }).click()])
      assert.ok(file.suggestedFilename().endsWith(`.${format}`))
      const bytes = readFileSync(await file.path())
      assert.equal(bytes.toString('utf8').slice(0, begins.length), begins)
      if (format === 'csv') assert.ok(bytes.toString('utf8').includes(name))
    }
    await page.getByRole('link', { name: new RegExp(`^${name}的计划 `) }).click()
    await page.getByText(`共 ${here[0]} 条`).waitFor()
    await page.getByRole('row').filter({ hasText: name }).first().waitFor()
    await see('workload-rows')
    await visit(page, '/workload')
    for (const [tab, words] of [['忙闲图', '每格是当天安排占工时的百分比'], ['续购预测', '预计会买']]) {
      await page.getByRole('tab', { name: tab }).click()
      await page.getByText(words).first().waitFor()
      await see(`workload-${tab === '忙闲图' ? 'load' : 'pipeline'}`)
    }
    assert.equal(await page.getByRole('tab', { name: '客户结构' }).count(), 0)
    await visit(boss.at, '/workload')
    await boss.at.getByRole('tab', { name: '客户结构' }).click()
    await boss.at.getByText('每位会员终身价值').waitFor()
    await see('workload-company', boss.at)
  })

  chapter('rules are tried before they are published, a bad number is refused at its input, and rolling back brings them back', async () => {
    const at = boss.at
    const inForce = async () => (await manager('PolicyDesk')).policy
    const before = await inForce()
    await visit(at, '/policy/edit')
    const field = at.getByRole('group', { name: '潜在会员' }).getByLabel(/^电话，每几天/)
    await field.fill('4000')
    await at.getByText('请填 0 到 365 之间的数').waitFor()
    await at.getByRole('button', { name: '试算并发布' }).click()
    assert.equal(await at.getByRole('dialog').count(), 0)
    await field.fill('20')
    await at.getByRole('button', { name: '试算并发布' }).click()
    await sheet(at).getByText(/位代表的计划会变/).waitFor({ timeout: 60_000 })
    await see('policy-dry-run', at)
    assert.equal((await inForce()).version, before.version)
    await sheet(at).getByRole('button', { name: '发布', exact: true }).click()
    await at.waitForURL(/\/policy$/)
    await until('the new version', async () => (await inForce()).version === before.version + 1)
    assert.equal(JSON.parse((await inForce()).body).cadence.potential.callEvery, 20)
    await at.getByText('正在使用').first().waitFor()
    await see('policy', at)
    await at.getByRole('button', { name: before.version === 0 ? '退回默认规则' : `退回第 ${before.version} 版` }).click()
    await sheet(at).getByRole('button', { name: '退回', exact: true }).click()
    await until('the rules of before', async () => (await inForce()).version === before.version + 2)
    assert.deepEqual(JSON.parse((await inForce()).body).cadence, JSON.parse(before.body).cadence)
  })

  chapter('without a connection the desk says so, and comes back by itself; a broken stream is done without', async () => {
    await visit(page, '/inbox')
    await page.getByRole('row').nth(1).waitFor()
    way.set('down')
    await visit(page, '/cases')
    await page.getByText('这里需要网络').first().waitFor()
    await see('away')
    way.set('pass')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByRole('button', { name: '新建个案' }).waitFor()
    await visit(page, '/inbox?kind=REVIEW')
    way.set('deaf')
    const [, , account] = (await accountsOf(rep, 30)).filter((a) => a.lat !== null)
    await logged(rep, account, { note: '路过上去坐了坐，很久没见了', lat: account.lat + 0.6, lng: account.lng })
    await until('the desk to ask by itself', () => row(page, account.name).count(), 60)
    const heard = way.requests.length
    way.set('pass')
    const [, , , next] = (await accountsOf(rep, 30)).filter((a) => a.lat !== null)
    await until('the stream to be back', () => way.requests.slice(heard).some((r) => r.includes('/events')), 60)
    await logged(rep, next, { note: '又路过，顺便送了检测单', lat: next.lat + 0.6, lng: next.lng })
    await live('what happens to show', () => row(page, next.name).count())
  })

  chapter('nothing went wrong unseen', () => {
    assert.deepEqual([desk, phone, other, boss].flatMap((it) => it.troubles), [])
  })
})

const coversOf = async (leader) => (await leader('Covers', { rep: null, first: 1000 })).covers

/** Accounts whose names nobody else of them has. */
const distinct = (accounts) => accounts.filter((a) => accounts.filter((b) => b.name.includes(a.name)).length === 1)

/** Those of the accounts that the list on a phone shows, by searching for each. */
async function shown(page, accounts) {
  const found = []
  for (const { id, name } of accounts) {
    await page.locator('.tools input').fill(name)
    await page.waitForTimeout(150)
    if (await page.locator(`.rows a[href$="${id}"]`).count()) found.push(id)
  }
  return found
}

const gone = (page, accounts) => live('them to leave the phone', async () => (await shown(page, accounts)).length === 0)

/** Logs a visit that reached the customer, as the rep, past the phone. */
async function logged(rep, account, more) {
  const [startedAt, endedAt] = [25, 5].map((minutes) => new Date(Date.now() - minutes * 60_000).toISOString())
  return rep('LogContact', { input: { id: newID(), accountId: account.id, kind: 'HOME_VISIT', outcome: 'MET', startedAt, endedAt, ...more } })
}
