// What leaders do on the screens of a desk, in the words they read there.
import { newDevice, PHONE, until } from './harness.mjs'
import { go, settled, signInOn } from './rep.mjs'

/** What a desk shows must be on the phones it concerns within this many seconds, and the other way round. */
const LIVE = 3

/** A device with somebody signed in on it. A phone has all its rows before it is used. */
export async function deviceOf(way, login, viewport = PHONE) {
  const device = await newDevice({ viewport, acceptDownloads: true })
  device.at = await device.page(way.url)
  await signInOn(device.at, login)
  if (viewport === PHONE) await settled(device.at)
  return device
}

/** Waits for something that happened elsewhere, and holds that it came in time. */
export const live = (what, look) => until(what, look, LIVE)

/** Goes to a page and waits for what it asks of the server. */
export async function visit(page, path) {
  await go(page, path)
  await page.waitForFunction((p) => location.pathname === p, path.split('?')[0])
  await page.locator('main h1').first().waitFor()
  await page.waitForFunction(() => !document.querySelector('.k-skeleton'))
}

export const row = (page, text) => page.getByRole('row').filter({ hasText: text })
export const sheet = (page) => page.getByRole('dialog').last()

/** Chooses in a field that opens a list. */
export async function pick(page, field, text) {
  await page.getByRole('button', { name: new RegExp(`^${field}: `) }).last().click()
  await page.getByRole('dialog', { name: field }).getByRole('button', { name: text }).first().click()
  await page.getByRole('dialog', { name: field }).waitFor({ state: 'hidden' })
}

/** The rows of the inbox, as the server knows them. */
export async function inboxOf(who, kind) {
  const { inbox } = await who('Inbox', { filter: kind ? { kinds: [kind] } : {}, first: 100, after: '', lang: 'ZH' })
  return inbox.edges.map(({ node }) => node)
}

/** Who has each account, as the server knows it. */
export async function holders(who) {
  const held = new Map()
  for (let after = '', more = true; more;) {
    const { accounts } = await who('SearchAccounts', { search: { text: '' }, first: 100, after })
    for (const { node } of accounts.edges) held.set(node.id, node.repId)
    ;({ hasNextPage: more, endCursor: after } = accounts.pageInfo)
  }
  return held
}
