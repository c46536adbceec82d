import { describe, expect, it } from 'vitest'
import en from '@/lang/en/scripts'
import zh from '@/lang/zh/scripts'
import {
  addressOf, festivalOf, fillScript, fillWhole, inOwnWords, SCRIPT_CODES, scriptsOf, surnameOf, type Fact, type Script,
} from '@/screens/account/script'

const texts = (s: Script) => [s.title, s.open, s.message, ...s.ask, ...s.watch]
const every = { call: 'C', rep: 'R', company: 'F', product: 'P', days: '12', until: 'U', bought: 'B', on: 'D', occasion: 'O', who: 'W', festival: 'X' }

describe('talk scripts (D20)', () => {
  for (const [lang, pack] of [['zh', zh], ['en', en]] as const) {
    it(`every code is written in ${lang}, with known facts only, and leaves no place open`, () => {
      for (const code of SCRIPT_CODES) {
        const script = pack.scripts[code]
        expect(script.ask.length, code).toBeGreaterThan(0)
        expect(script.watch.length, code).toBeGreaterThan(0)
        for (const text of texts(script)) {
          for (const [, name] of text.matchAll(/\{(\w+)\}/g)) expect(Object.keys(pack.unknown), text).toContain(name as Fact)
        }
        for (const facts of [{}, every]) {
          for (const text of texts(fillWhole(script, facts, pack.unknown))) expect(text, code).not.toMatch(/[[\]{}]/)
        }
      }
    })
  }

  it('a message begins with whom it is for (D19)', () => {
    for (const code of SCRIPT_CODES) expect(zh.scripts[code].message.indexOf('{call}'), code).toBe(0)
  })

  it('no script promises that anything is cured', () => {
    const all = JSON.stringify([zh.scripts, en.scripts])
    expect(all).not.toMatch(/治愈|根治|药到病除|包好|cures? |guaranteed/i)
  })

  it('a part whose fact is missing goes, the rest stays', () => {
    const text = '您好。[{product}用了{days}天，]还顺手吗？'
    expect(fillScript(text, { product: '钙片', days: '7' }, zh.unknown)).toBe('您好。钙片用了7天，还顺手吗？')
    expect(fillScript(text, { product: '钙片' }, zh.unknown)).toBe('您好。还顺手吗？')
  })

  it('the company says it in its own words, in the language it wrote them', () => {
    const own = [{ code: 'ROUTINE', zh: '{call}，最近好吗？', en: ' ' }]
    const told = inOwnWords(zh.scripts.ROUTINE, 'ROUTINE', own, 'zh')
    expect(fillWhole(told, { call: '张阿姨' }, zh.unknown)).toMatchObject({ title: zh.scripts.ROUTINE.title, open: '张阿姨，最近好吗？', ask: [] })
    expect(told.watch).toEqual(zh.scripts.ROUTINE.watch)
    expect(inOwnWords(en.scripts.ROUTINE, 'ROUTINE', own, 'en')).toBe(en.scripts.ROUTINE)
    expect(inOwnWords(zh.scripts.BIRTHDAY, 'BIRTHDAY', own, 'zh')).toBe(zh.scripts.BIRTHDAY)
  })

  it('a name that looks like a place is told as it is', () => {
    expect(fillScript('{call}，您好', { call: '{rep}' }, zh.unknown)).toBe('{rep}，您好')
  })
})

describe('how a customer is addressed', () => {
  const today = '2026-11-22'
  const cases: [string, string, 'FEMALE' | 'MALE' | null, number | null, string][] = [
    ['a woman of 65 is an aunt', '张桂兰', 'FEMALE', 1961, '张阿姨'],
    ['a man of 82 is a grandfather', '李建国', 'MALE', 1944, '李爷爷'],
    ['a man of 40 is a mister', '王强', 'MALE', 1986, '王先生'],
    ['age unknown: politely neutral', '赵敏', 'FEMALE', null, '赵女士'],
    ['a surname of two characters stays whole', '欧阳秀英', 'FEMALE', 1955, '欧阳阿姨'],
    ['sex unknown: by the name', '陈晓明', null, 1950, '陈晓明'],
  ]
  for (const [name, person, sex, birthYear, want] of cases) {
    it(name, () => expect(addressOf({ name: person, sex, birthYear }, today, zh.address)).toBe(want))
  }
  it('a name of two characters that begins like a long surname is short', () => expect(surnameOf('东方')).toBe('东'))
})

describe('which scripts fit a contact', () => {
  const reason = (code: string, words = '') => ({ rule: 'D6', code, zh: words, en: words })
  const dates = [{ day: '2026-11-25', inDays: 3, label: '', occasion: 'SPOUSE_BIRTHDAY', lunar: true }]

  it('its own first, then those of what joined it, each once', () => {
    const item = { script: 'ROUTINE', reasons: [reason('ROUTINE_VISIT'), reason('DATE_OF'), reason('FESTIVAL'), reason('FESTIVAL')] }
    expect(scriptsOf(item, dates)).toEqual(['ROUTINE', 'SPOUSE_BIRTHDAY', 'FESTIVAL'])
  })
  it('a day without an occasion of its own has the general one', () => {
    expect(scriptsOf({ script: '', reasons: [reason('DATE')] }, [])).toEqual(['DATE'])
  })
  it('one a company made up is led as routine care', () => {
    expect(scriptsOf({ script: 'WEATHER', reasons: [] }, [])).toEqual(['ROUTINE'])
  })
  it('the festival is read from the words of the reason', () => {
    const item = { reasons: [{ rule: 'D6', code: 'FESTIVAL', zh: 'D6：2026-09-25中秋节问候', en: 'D6: Mid-Autumn Festival greeting, 2026-09-25' }] }
    expect([festivalOf(item, 'zh'), festivalOf(item, 'en')]).toEqual(['中秋节', 'Mid-Autumn Festival'])
  })
})
