import { describe, expect, it } from 'vitest'
import { EngineError, type Engine, type Event, type ItemCard } from '@/engine/contract'
import { problemsOf } from '@/screens/log/check'
import { formOfDraft, logKey, sendWaiting, worthKeeping } from '@/screens/log/draft'
import { partsOf, type LogForm } from '@/screens/log/form'
import { formOfWork, openLog, type Opening } from '@/screens/log/open'
import { discardLog, saveLog } from '@/screens/log/save'
import { memoryEngine, type Switch } from '../memory'

const at = Date.parse('2026-11-24T02:00:00Z')
const how = { now: new Date(at).toISOString(), zone: 'Asia/Shanghai', comma: '、' }
const phone = (...switches: Switch[]) => memoryEngine({ switches, now: () => at })

async function anOpenCard(engine: Engine): Promise<ItemCard> {
  const { items, leftOver } = await engine.ask('day', {})
  const card = [...items, ...leftOver].find(c => c.item.status === 'OPEN')
  if (!card) throw new Error('the sample has nothing open today')
  return card
}

async function opened(engine: Engine): Promise<Opening> {
  const card = await anOpenCard(engine)
  const opening = await openLog(engine, { item: card.item.id }, how.now)
  if (!opening) throw new Error('the log did not open')
  return opening
}

const outcomeOf = (opening: Opening): LogForm['outcome'] => (opening.form.kind === 'HOME_VISIT' ? 'MET' : 'TALKED')
const has = { products: true, objectives: false }

const logsOf = async (engine: Engine, account: string) => {
  const view = await engine.ask('account', { id: account })
  return (view?.events ?? []).filter((e): e is Extract<Event, { type: 'log' }> => e.type === 'log')
}
const namesOf = async (engine: Engine) => (await engine.ask('work', undefined)).map(w => w.name)

describe('a contact is logged in at most five taps', () => {
  it('log on the card, outcome, use, effect, save', async () => {
    const engine = phone()
    const card = await anOpenCard(engine)
    let opening: Opening | null = null
    const taps: [string, () => unknown][] = [
      ['the card of today: log', async () => { opening = await openLog(engine, { item: card.item.id }, how.now) }],
      ['outcome: met', () => { if (opening) opening.form.outcome = outcomeOf(opening) }],
      ['use: regular', () => { if (opening) opening.form.usage = 'REGULAR' }],
      ['effect: good', () => { if (opening) opening.form.effect = 'GOOD' }],
      ['save', async () => { if (opening) await saveLog(engine, opening, how) }],
    ]
    for (const [, tap] of taps) await tap()
    expect(taps.length).toBeLessThanOrEqual(5)
    const [latest] = await logsOf(engine, card.item.accountId)
    expect(latest?.log.log).toMatchObject({ itemId: card.item.id, usage: 'REGULAR', effect: 'GOOD', reached: true })
  })

  it('nobody there takes three: log, outcome, save', async () => {
    const opening = await opened(phone())
    opening.form.outcome = opening.form.kind === 'HOME_VISIT' ? 'NOT_HOME' : 'NO_ANSWER'
    expect(problemsOf(opening.form, partsOf(opening.form, has), how.now, how.zone)).toEqual({})
  })
})

describe('a draft', () => {
  it('is gone on with by itself when the form is opened again', async () => {
    const engine = phone()
    const first = await opened(engine)
    first.form.outcome = outcomeOf(first)
    first.form.note = '说到一半'
    await engine.putDraft(first.key, JSON.parse(JSON.stringify(first.form)))
    const again = await opened(engine)
    expect(again).toMatchObject({ resumed: true, form: { note: '说到一半' } })
    expect(await openLog(engine, { draft: first.key }, how.now)).toMatchObject({ form: { note: '说到一半' } })
  })
  it('goes with the log, and when it is discarded', async () => {
    const engine = phone()
    const opening = await opened(engine)
    opening.form.outcome = outcomeOf(opening)
    await engine.putDraft(opening.key, opening.form)
    await saveLog(engine, opening, how)
    expect(await engine.ask('drafts', undefined)).toEqual([])
    await engine.putDraft(opening.key, opening.form)
    await discardLog(engine, opening.key)
    expect(await engine.ask('drafts', undefined)).toEqual([])
  })
  it('of an older app gets what was added since', () => {
    const old = { accountId: 'a', kind: 'CALL', startedAt: how.now, note: '旧' }
    expect(formOfDraft({ key: 'log:a', body: old, savedAt: how.now, photos: [] })).toMatchObject({ note: '旧', took: [], giveBack: null })
    expect(formOfDraft({ key: 'log:a', body: { something: 'else' }, savedAt: how.now, photos: [] })).toBeNull()
  })
  it('is not made of a form that was only opened', async () => {
    const opening = await opened(phone())
    expect(worthKeeping(opening.form, 0)).toBe(false)
    expect(worthKeeping(opening.form, 1)).toBe(true)
    expect(logKey('a', 'i')).not.toBe(logKey('a', null))
  })
})

describe('what follows from a log', () => {
  const stopping = async (engine: Engine) => {
    const opening = await opened(engine)
    opening.form.outcome = outcomeOf(opening)
    opening.form.stop = { cause: 'SERVICE', note: '' }
    return opening
  }
  it('is sent after it, once', async () => {
    const engine = phone('offline')
    expect(await saveLog(engine, await stopping(engine), how)).toBe(1)
    expect((await namesOf(engine)).sort()).toEqual(['LogContact', 'StopAccount'])
    expect(await sendWaiting(engine)).toBe(0)
  })
  it('is sent by the next start when the app was killed in between', async () => {
    const engine = phone('offline')
    const opening = await stopping(engine)
    const dying: Engine = Object.assign(Object.create(engine) as Engine, {
      send: (name: string, ...rest: unknown[]) => name === 'LogContact'
        ? (engine.send as (...args: unknown[]) => Promise<string>)(name, ...rest)
        : Promise.reject(new Error('killed')),
    })
    await saveLog(dying, opening, how)
    expect(await namesOf(engine)).toEqual(['LogContact'])
    expect(await sendWaiting(engine)).toBe(1)
    expect((await namesOf(engine)).sort()).toEqual(['LogContact', 'StopAccount'])
    expect(await engine.ask('drafts', undefined)).toEqual([])
  })
  it('waits while its log is still a draft', async () => {
    const engine = phone('offline')
    const opening = await stopping(engine)
    await engine.putDraft(opening.key, opening.form)
    const full: Engine = Object.assign(Object.create(engine) as Engine, { send: () => Promise.reject(new EngineError('storage')) })
    await expect(saveLog(full, opening, how)).rejects.toMatchObject({ code: 'storage' })
    expect(await sendWaiting(engine)).toBe(0)
    expect((await engine.ask('drafts', undefined)).map(d => d.key)).toEqual([opening.key])
  })
})

describe('a refused log', () => {
  it('opens with what it said', () => {
    const input = { id: 'x', accountId: 'a', kind: 'CALL', outcome: 'TALKED', startedAt: how.now, note: '原话', lat: 31, lng: 121, accuracy: 9, took: ['REFERRAL'] }
    expect(formOfWork({ input: { input }, accountName: '张桂兰' }))
      .toMatchObject({ accountName: '张桂兰', outcome: 'TALKED', note: '原话', took: ['REFERRAL'], place: { lat: 31, lng: 121, accuracy: 9 } })
    expect(formOfWork({ input: { input: { accountId: 'a' } } })).toBeNull()
  })
  it('is mended at its place', async () => {
    const engine = phone('refused')
    const opening = await opened(engine)
    opening.form.outcome = outcomeOf(opening)
    await saveLog(engine, opening, how)
    const [refused] = await engine.ask('work', undefined)
    const mending = await openLog(engine, { work: refused?.id ?? '' }, how.now)
    if (!mending) throw new Error('the refused log did not open')
    mending.form.note = '改好了'
    await saveLog(engine, mending, how)
    const work = await engine.ask('work', undefined)
    expect(work.map(w => w.name)).toEqual(['LogContact'])
    expect(work[0]?.input).toMatchObject({ input: { note: '改好了' } })
  })
})
