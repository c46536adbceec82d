import { describe, expect, test } from 'vitest'
import type { Draft } from '../../src/engine/contract'
import { photo, rep, type Tab } from './phone'

const picture = Uint8Array.from({ length: 1000 }, (_, i) => i % 251).buffer

/** Does something in a tab that dies before its nth call of the world. Answers whether it lived to the end of it. */
async function dying(tab: Tab, n: number, work: () => Promise<unknown>): Promise<boolean> {
  tab.life.dieAt = tab.life.calls + n
  const ended = new Promise<'ended'>((resolve) => tab.life.onEnd(() => resolve('ended')))
  const result = await Promise.race([work().then(() => 'done', (e) => { if (tab.alive) throw e; return 'ended' }), ended])
  return result === 'done'
}

/** The log with its draft and photo, in whatever state a kill left them, in a new tab. */
async function after(tab: Tab) {
  const work = await tab.work()
  const draft: Draft | null = await tab.engine.ask('draft', { key: 'log' })
  return { work, draft }
}

describe('the app is killed before any of its calls of the world', () => {
  test('while a log is saved: either the draft with its photo is back, or the log with its photo is in line', async () => {
    const seen = { before: 0, after: 0 }
    for (let n = 1, lived = false; !lived; n++) {
      const { tab, phone, accounts, network, server } = await rep()
      network.weather = () => 'noRequest'
      await tab.engine.putDraft('log', { note: 'half' })
      await tab.engine.addDraftPhoto('log', photo('p1'), picture.slice(0))
      lived = await dying(tab, n, () => tab.logContact(accounts[0], 'fine', undefined, 'log'))
      tab.kill()
      network.weather = () => 'fine'
      const next = await phone.tab()
      const { work, draft } = await after(next)
      if (lived) expect(work).toHaveLength(1)
      expect(work.length === 0).toBe(draft !== null)
      seen[draft ? 'before' : 'after']++
      if (draft) expect(draft).toMatchObject({ body: { note: 'half' }, photos: [{ id: 'p1' }] })
      await next.sync()
      expect(Object.values(server.data.effects)).toEqual(work.map(() => 1))
      expect(Object.keys(server.data.photos)).toEqual(work.map(() => 'p1'))
      next.kill()
    }
    expect(seen.before).toBeGreaterThan(2)
    expect(seen.after).toBeGreaterThan(0)
  }, 60_000)

  test('while it is pushed and pulled: it exists once, and the phone shows what the server shows', async () => {
    for (let n = 1, lived = false; !lived; n++) {
      const { tab, phone, accounts, item, network, server, li } = await rep()
      network.weather = () => 'noRequest'
      const id = await tab.logContact(accounts[0], 'fine', item)
      await phone.calm()
      network.weather = () => 'fine'
      lived = await dying(tab, n, () => tab.sync())
      tab.kill()
      const next = await phone.tab()
      await next.sync()
      expect(server.data.effects, `killed before call ${n}`).toEqual({ [id]: 1 })
      expect(await next.workOf(id)).toMatchObject({ state: 'accepted', settled: true })
      expect(await next.rows()).toEqual(server.view(li))
      next.kill()
    }
  }, 60_000)

  test('while somebody signs in: the next time they can', async () => {
    for (let n = 1, lived = false; !lived; n++) {
      const { tab, phone, server, li } = await rep()
      await tab.engine.signOut()
      lived = await dying(tab, n, () => tab.signIn('li'))
      tab.kill()
      const next = await phone.tab()
      if ((await next.engine.ask('session', undefined)).state !== 'open') await next.signIn('li')
      await next.sync()
      expect(await next.rows()).toEqual(server.view(li))
      next.kill()
    }
  }, 60_000)
})
