// A walk through the screens of leaders and experts, for the looks: each page, and the sheets that are opened there.
import { newID, signedIn } from './harness.mjs'
import { accountsOf, today } from './rep.mjs'
import { gather } from './words.mjs'

let busy // a rep whose phone is heard of

/** Gives the desks something of each kind to show. Returns the names that stand on their screens. */
export async function furnishDesk(server, rep) {
  busy = rep.user.id
  const [supervisor, manager, expert, colleague] = await Promise.all(['supervisor', 'manager', 'expert', 'rep02'].map((login) => signedIn(server, login)))
  const [one, two, three, four] = (await accountsOf(rep, 40)).filter((a) => a.lat !== null).slice(20)
  await rep('LogContact', { input: {
    id: newID(), accountId: one.id, kind: 'HOME_VISIT', outcome: 'MET', startedAt: new Date(Date.now() - 25 * 60_000).toISOString(),
    endedAt: new Date(Date.now() - 5 * 60_000).toISOString(), lat: one.lat + 0.6, lng: one.lng, note: '在活动中心见的面',
  } })
  await supervisor('MoveAccounts', { input: { id: newID(), moves: [{ toRep: colleague.user.id, accounts: [two.id] }], reason: '离得近', on: today(3) } })
  await colleague('AskLeave', { input: { id: newID(), from: today(20), to: today(21), reason: '搬家' } })
  const { stopAccount } = await rep('StopAccount', { input: { id: newID(), accountId: three.id, cause: 'SERVICE', note: '说没人管' } })
  await manager('AskJoint', { input: {
    id: newID(), accountId: three.id, caseId: stopAccount.case.id, withId: expert.user.id, kind: 'HOME_VISIT', day: today(2), at: 600, note: '讲讲怎么用',
  } })
  await supervisor('CoverLeave', { input: { id: newID(), owner: colleague.user.id, from: today(30), to: today(31), by: [{ accounts: [], rep: rep.user.id }] } })
  await manager('AddPolicy', { fromDay: today(1), body: (await manager('PolicyDesk')).policy.body })
  return [...await namesOf(manager), ...await writtenIn(manager, expert), four.name, '离得近', '搬家', '说没人管', '讲讲怎么用']
}

/** Names of people, accounts, places: they are not translated. */
async function namesOf(manager) {
  const names = new Set()
  for (const [read, variables] of [['Staff'], ['Teams'], ['LeaveCovers'], ['Covers', { rep: null, first: 1000 }]]) gather(await manager(read, variables), names)
  for (const a of await pages(manager, 'SearchAccounts', 'accounts', { search: { text: '' } })) gather([a.name, a.district, a.city], names)
  return names
}

/** What people wrote: requests and answers to them, reasons of moves, what reps say of odd contacts; what phones and categories are called. */
async function writtenIn(manager, expert) {
  const [asked, theirs, moves, { devices }, rows, { forecastRecord }, { gradeProposals }] = await Promise.all([
    manager('JointRequests'), expert('JointRequests'), pages(manager, 'Moves', 'moves', { filter: {} }), manager('Devices'), pages(manager, 'Inbox', 'inbox', { filter: {}, lang: 'EN' }),
    manager('ForecastRecord', { input: { months: 12 }, lang: 'EN' }), manager('GradeProposals', { lang: 'EN' }),
  ])
  const texts = new Set()
  gather([asked, theirs, moves.map((m) => [m.reason, m.note]), devices.map((d) => d.name), rows.map((r) => r.answer), forecastRecord.versions.map((v) => v.segment), gradeProposals.map((p) => p.why)], texts)
  return texts
}

async function pages(reader, operation, name, variables) {
  const rows = []
  for (let after = '', more = true; more;) {
    const { edges, pageInfo } = (await reader(operation, { ...variables, first: 100, after }))[name]
    rows.push(...edges.map((edge) => edge.node))
    ;({ hasNextPage: more, endCursor: after } = pageInfo)
  }
  return rows
}

/** Walks as a supervisor, a manager and an expert, from a locked door. */
export async function leaders(tour) {
  await enter(tour, 'supervisor', /inbox/)
  await inbox(tour)
  await workload(tour)
  await moves(tour)
  await covers(tour)
  await cases(tour)
  await team(tour)
  await leave(tour)
  await enter(tour, 'manager', /inbox/)
  await company(tour)
  await rules(tour)
  await leave(tour)
  await enter(tour, 'expert', /requests/)
  await requests(tour)
}

async function enter(tour, login, first) {
  await tour.signIn(login)
  await tour.page.waitForURL(first)
  await tour.page.locator('main h1').first().waitFor()
}

async function leave(tour) {
  await tour.go('/me')
  await tour.button('signOut').click()
  await tour.dialog.getByRole('button').first().click()
  await tour.page.waitForURL(/signin/)
}

/** A page whose answers are there. */
async function page(tour, path, something) {
  await tour.go(path)
  await tour.page.locator(something).first().waitFor({ timeout: 30_000 })
}

async function inbox(tour) {
  await page(tour, '/inbox', '.k-table')
  await tour.see('inbox', { title: 'inbox' })
  await tour.sheet('inbox-later', tour.button('later'), (dialog) => dialog.getByRole('button').last().click())
  await tour.sheet('inbox-move', tour.button('reschedule'), (dialog) => dialog.getByRole('button').last().click())
  await tour.sheet('inbox-look', tour.button('look'))
  await page(tour, `/inbox?kind=SILENT_PHONE&rep=${busy}`, '.k-empty')
  await tour.see('inbox-none', { title: 'inbox' })
  if (tour.desk) return
  await page(tour, '/more', '.k-row')
  await tour.see('more', { title: 'others' })
}

async function workload(tour) {
  await page(tour, '/workload', '.k-table')
  const groups = tour.main.locator('.tools fieldset').last().getByRole('radio')
  for (let n = 0; n < 4; n++) {
    await groups.nth(n).check({ force: true })
    await tour.see(`workload-${n}`, { title: 'workload' })
  }
  await page(tour, '/workload?view=load', '.scroll')
  await tour.see('workload-load', { title: 'workload' })
  await page(tour, '/workload?view=pipeline', '.k-table')
  await tour.see('workload-pipeline', { title: 'workload' })
  await page(tour, '/forecast', '.calibration, .k-empty')
  await tour.see('forecast', { title: 'forecast' })
  await page(tour, `/workload/rows?figure=PLANNED&month=${today().slice(0, 7)}-01`, '.k-table')
  await tour.see('workload-rows', { title: 'workload' })
}

async function moves(tour) {
  await page(tour, '/moves', 'main a[href^="/moves/0"]')
  await tour.see('moves', { title: 'moves' })
  await tour.page.locator('main a[href^="/moves/0"]').first().click()
  await tour.page.locator('.facts').waitFor()
  await tour.see('move', { title: 'moveOne' })
  await tour.sheet('move-end', tour.page.locator('.k-foot button').last(), (dialog) => dialog.getByRole('button').last().click())
  await page(tour, '/moves/new', 'main input[type=checkbox]')
  await tour.page.locator('main li input[type=checkbox], main tbody input[type=checkbox]').first().check({ force: true })
  await tour.see('move-list', { title: 'moveNew', full: false })
  await tour.page.getByRole('tab').nth(1).click()
  await tour.page.locator('canvas').first().waitFor()
  await tour.see('move-map', { title: 'moveNew' })
  await tour.page.locator('.k-foot button').last().click()
  await tour.page.locator('.receivers input').first().check({ force: true })
  await tour.see('move-receivers', { title: 'moveNew' })
  await tour.page.locator('.k-foot button').last().click()
  await tour.page.locator('.change').first().waitFor({ timeout: 30_000 })
  await tour.page.locator('.k-foot button').last().click()
  await tour.see('move-effect', { title: 'moveNew' })
  await page(tour, '/balance', '.sums')
  await tour.see('balance', { title: 'balance', full: false })
  await page(tour, '/map', 'canvas')
  await tour.see('map', { title: 'placesMap' })
}

async function covers(tour) {
  await page(tour, '/covers', 'main .k-row, main li')
  await tour.see('covers', { title: 'covers' })
  await tour.sheet('covers-refuse', tour.button('refuseLeave'), (dialog) => dialog.getByRole('button').last().click())
  await tour.sheet('covers-end', tour.button('endCovers'))
  await tour.page.locator('main a[href*="covers/new?leave"]').first().click()
  await tour.page.locator('.receivers').waitFor()
  await tour.see('cover', { title: 'coverNew', full: false })
}

async function cases(tour) {
  await page(tour, '/cases', 'main a[href^="/cases/0"]')
  await tour.see('cases', { title: 'cases', full: tour.desk })
  await tour.page.locator('main summary').first().click()
  await tour.see('cases-figures', { title: 'cases', full: false })
  await tour.sheet('cases-new', tour.page.getByRole('button', { name: tour.word('newCase') }), (dialog) => dialog.getByRole('button').last().click())
  await tour.page.locator('main a[href^="/cases/0"]').first().click()
  await tour.page.locator('.steps').waitFor()
  await tour.see('case', { title: 'caseOne' })
  for (const sheet of ['visit', 'give', 'end', 'ask']) await tour.sheet(`case-${sheet}`, tour.button(sheet), (dialog) => dialog.getByRole('button').last().click())
}

async function team(tour) {
  await page(tour, '/requests', '.k-empty, article')
  await tour.see('requests', { title: 'requests' })
  await page(tour, '/team', '.device')
  await tour.see('team', { title: 'team' })
  await tour.sheet('team-revoke', tour.page.locator('.device').getByRole('button').first(), async (dialog) => {
    await dialog.getByRole('button').last().click()
    await tour.see('team-revoke-empty')
  })
}

async function company(tour) {
  await page(tour, '/inbox', '.k-table')
  await tour.see('inbox-company', { title: 'inbox', full: false })
  await page(tour, '/workload?view=company', '.k-stats')
  await tour.see('workload-company', { title: 'workload' })
}

async function rules(tour) {
  await page(tour, '/policy', '.k-row')
  await tour.see('policy', { title: 'policy' })
  await tour.sheet('policy-back', tour.button('rollBack'))
  await page(tour, '/policy/edit', '.rhythm')
  const field = tour.page.locator('.rhythm input').first()
  const before = await field.inputValue()
  await field.fill('4000')
  await tour.see('policy-edit', { title: 'policy' })
  await field.fill(`${Number(before) + 1}`)
  if (tour.look.lang === 'zh') {
    await tour.page.locator('.k-foot button').last().click()
    await tour.dialog.locator('.sum').waitFor({ timeout: 60_000 })
    await tour.see('policy-try')
    await tour.shut()
  }
  await field.fill(before)
}

async function requests(tour) {
  await page(tour, '/requests', 'article')
  await tour.see('requests-expert', { title: 'requests' })
  await tour.sheet('request-accept', tour.button('accept'))
  await tour.sheet('request-decline', tour.button('decline'), (dialog) => dialog.getByRole('button').last().click())
}
