import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { AccountFilter } from '../../src/engine/contract'
import { queries } from '../../src/read/queries'
import { company } from '../sample/company'
import { aCard } from '../sample/make'
import { PEOPLE } from '../sample/names'
import { aPhone } from './phone'

// Properties take long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const ALL: AccountFilter = { sort: 'name', offset: 0, limit: 100 }
const sample = company(Date.parse('2026-07-06T01:00:00Z'))
const phone = aPhone({ cards: sample.cards })
const ask = async (filter: Partial<AccountFilter>, p = phone) => queries.accounts(p.book, { ...ALL, ...filter })
const names = async (text: string) => (await ask({ text })).rows.map(r => r.name)

describe('search', () => {
  test.each([
    ['the name', '张秀英', '张秀英'], ['part of it', '秀英', '张秀英'], ['its spelling', 'zhangxiuying', '张秀英'],
    ['the beginning of the spelling', 'zhangx', '张秀英'], ['with spaces, as some type', 'zhang xiu ying', '张秀英'],
    ['an apostrophe between syllables', "liang yue'e", '梁月娥'], ['initials', 'zxy', '张秀英'], ['initials in capitals', 'ZXY', '张秀英'],
    ['full-width letters', 'ｚｘｙ', '张秀英'], ['a family name of two characters', 'ouyang', '欧阳志强'], ['its initials', 'oyzq', '欧阳志强'],
    ['the member number', 'jn10238', '张秀英'], ['with space around', ' 张秀英 ', '张秀英'],
  ])('finds by %s', async (_, text, name) => expect(await names(text)).toContain(name))

  test.each(['xiuying', 'xy', 'JN1023', '张 秀', '%', '_'])('does not take "%s" for anybody', async text => expect(await names(text)).toEqual([]))

  test('finds by four to eleven digits of the end of the phone, with or without breaks', async () => {
    const cards = sample.cards.filter(c => c.account.phone !== '')
    await fc.assert(fc.asyncProperty(fc.nat(cards.length - 1), fc.integer({ min: 4, max: 11 }), fc.boolean(), async (n, digits, broken) => {
      const account = cards[n]?.account
      const end = account?.phone.slice(-digits) ?? ''
      const text = broken ? `${end.slice(0, 3)} ${end.slice(3)}` : end
      expect((await ask({ text })).rows.map(r => r.id)).toContain(account?.id)
    }))
  })

  test('three digits are no phone, and eleven others are nobody', async () => {
    expect(await names('531')).toEqual([])
    expect(await names('19999999999')).toEqual([])
  })

  test('everybody is found by any part of the name and any beginning of either spelling, and only by what they have', async () => {
    const person = fc.nat(PEOPLE.length - 1)
    await fc.assert(fc.asyncProperty(person, fc.nat(11), fc.integer({ min: 1, max: 12 }), async (n, from, length) => {
      const [name, pinyin] = PEOPLE[n] ?? ['', '']
      for (const text of [name.slice(from % name.length, (from % name.length) + length), ...pinyin.split(' ').map(s => s.slice(0, length))]) {
        const found = await names(text)
        expect(found).toContain(name)
        for (const other of found) {
          const spelled = PEOPLE.find(p => p[0] === other)?.[1] ?? ''
          expect(other.includes(text) || spelled.split(' ').some(s => s.startsWith(text))).toBe(true)
        }
      }
    }), { numRuns: 40 })
  })

  test('whatever is typed, it answers', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), async text => {
      expect((await ask({ text })).total).toBeLessThanOrEqual(40)
    }))
  })
})

describe('filters', () => {
  test('all tags that are named, any of the tiers, any of the horizons', async () => {
    const p = aPhone({ cards: [
      aCard({ id: '1', tier: 'A', horizon: 'LATER' }, { tags: ['x', 'y'] }), aCard({ id: '2', tier: 'B', horizon: 'LATER' }, { tags: ['x'] }),
      aCard({ id: '3', tier: null, horizon: 'THIS_MONTH' }),
    ] })
    const ids = async (f: Partial<AccountFilter>) => (await ask(f, p)).rows.map(r => r.id)
    expect(await ids({ tags: ['x'] })).toEqual(['1', '2'])
    expect(await ids({ tags: ['x', 'y'] })).toEqual(['1'])
    expect(await ids({ tiers: ['A', 'B'] })).toEqual(['1', '2'])
    expect(await ids({ tiers: ['A'], horizons: ['THIS_MONTH'] })).toEqual([])
    expect(await ids({ horizons: ['THIS_MONTH', 'LATER'] })).toEqual(['1', '2', '3'])
    expect((await ask({ tags: ['y'] }, p)).tags).toEqual([{ tag: 'x', count: 2 }, { tag: 'y', count: 1 }])
    expect(await ask({ tags: ['y'] }, p)).toMatchObject({ total: 1, all: 3 })
  })
})

describe('order', () => {
  const p = aPhone({ cards: [
    aCard({ id: '1', nextDueOn: '2026-07-08', lastContactOn: '2026-06-01', expectedOn: null, lat: 36.66, lng: 117 }, { pinyin: 'zhao z' }),
    aCard({ id: '2', nextDueOn: null, lastContactOn: null, expectedOn: '2026-08-01', lat: 36.65, lng: 117 }, { pinyin: 'an a' }),
    aCard({ id: '3', nextDueOn: '2026-07-07', lastContactOn: '2026-05-01', expectedOn: '2026-07-20' }, { pinyin: 'ma m' }),
  ] })
  const here = { lat: 36.65, lng: 117 }

  test.each([
    ['due', ['3', '1', '2']], ['expected', ['3', '2', '1']], ['lastContact', ['2', '3', '1']], ['distance', ['2', '1', '3']],
    ['name', ['2', '3', '1']],
  ] as const)('by %s, those without it last, but who was never reached first', async (sort, want) =>
    expect((await ask({ sort, here }, p)).rows.map(r => r.id)).toEqual(want))

  test('pages follow each other without gap or overlap', async () => {
    const sorts = fc.constantFrom('due', 'name', 'lastContact', 'expected', 'distance')
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 50 }), sorts, async (limit, sort) => {
      const whole = (await ask({ sort, here, limit: 1000 })).rows.map(r => r.id)
      const paged: string[] = []
      for (let offset = 0; offset < 40; offset += limit) paged.push(...(await ask({ sort, here, offset, limit })).rows.map(r => r.id))
      expect(paged).toEqual(whole)
      expect(new Set(whole).size).toBe(40)
    }), { numRuns: 25 })
  })

  test('a row says whether work of this phone about it is not on the server yet', async () => {
    const waiting = aPhone({ cards: [aCard({ id: '1' }), aCard({ id: '2' })] })
    waiting.do('SetTags', { account: '1', tags: ['x'] }, { accountId: '1' })
    expect((await ask({}, waiting)).rows.map(r => [r.tags, r.pending])).toEqual([[['x'], true], [[], false]])
  })
})
