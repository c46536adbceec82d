import { describe, expect, test } from 'vitest'
import { memoryEngine } from '../memory'

const now = () => Date.parse('2026-07-06T02:30:00Z')
const HERE = { lat: 36.6628, lng: 117.0743 }

describe('the sample engine', () => {
  test('has a day with a route, what is left over, badges and progress', async () => {
    const day = await memoryEngine({ now }).ask('day', { here: HERE })
    expect(day.day).toBe('2026-07-06')
    expect(day.items.length).toBeGreaterThan(6)
    expect(day.leftOver.map(c => c.overdue)).toEqual([true, true, true])
    expect(day.leftOver.map(c => c.item.dueOn)).toEqual(['2026-06-27', '2026-07-02', '2026-07-04'])
    expect(day.items.flatMap(c => c.badges.map(b => b.kind))).toEqual(expect.arrayContaining(['case', 'birthday', 'urgent', 'expert', 'appointment']))
    expect(day.done).toBeGreaterThan(0)
    expect(day.nearby.length).toBeGreaterThan(0)
    expect(day.nearby.map(c => c.metres)).toEqual([...day.nearby.map(c => c.metres)].sort((a, b) => Number(a) - Number(b)))
  })

  test('answers every query', async () => {
    const engine = memoryEngine({ now })
    const account = await engine.ask('account', { id: 'a00' })
    expect(account?.events.length).toBeGreaterThan(10)
    expect(account?.brief.lastTalk?.note).not.toBe('')
    expect((await engine.ask('accounts', { sort: 'due', offset: 0, limit: 20 })).total).toBe(40)
    expect((await engine.ask('weeks', { from: '2026-07-06', to: '2026-08-02' })).days).toHaveLength(28)
    expect((await engine.ask('numbers', undefined)).map(m => m.month)).toEqual(['2026-07-01', '2026-06-01'])
    expect((await engine.ask('world', undefined))?.user.name).toBe('李静')
    expect((await engine.ask('photo', { id: 'p', size: 'thumb' }))?.byteLength).toBeGreaterThan(1000)
  })

  test('lets what is sent take effect at once, and offline it waits', async () => {
    const engine = memoryEngine({ now, switches: ['offline'] })
    const open = (await engine.ask('day', {})).items.find(c => c.item.status === 'OPEN' && c.item.kind === 'CALL')
    if (!open) throw new Error('the sample has no open call')
    const { id, accountId } = open.item
    const input = { accountId, itemId: id, kind: 'CALL', outcome: 'TALKED', startedAt: '2026-07-06T02:20:00Z' } as const
    await engine.send('LogContact', { input }, { accountId, itemId: id })
    const after = await engine.ask('item', { id })
    expect(after?.card.item.status).toBe('DONE')
    expect(after?.card.pending).toBe('waiting')
    expect((await engine.ask('sync', undefined)).waiting).toBe(1)
  })

  test('keeps a locked phone closed', async () => {
    const engine = memoryEngine({ now, switches: ['locked'] })
    await expect(engine.ask('day', {})).rejects.toMatchObject({ code: 'locked' })
    expect((await engine.ask('session', undefined)).state).toBe('locked')
  })
})
