import { buildSchema, isEnumType } from 'graphql'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { loadDeskWords, options, setLanguage, t, word, type Codes } from '../../src/lang'
import enOwn from '../../src/lang/en'
import enDesk from '../../src/lang/en/desk'
import zhOwn from '../../src/lang/zh'
import zhDesk from '../../src/lang/zh/desk'
import { fieldsOf } from '../../src/screens/me/fields'
import { deviceName } from '../../src/screens/signin/deviceName'

const zh = { words: { ...zhOwn.words, ...zhDesk.words }, codes: { ...zhOwn.codes, ...zhDesk.codes } }
const en = { words: { ...enOwn.words, ...enDesk.words }, codes: { ...enOwn.codes, ...enDesk.codes } }
const schema = buildSchema(readFileSync(new URL('../../../mobile-schema/schema.graphql', import.meta.url), 'utf8'))
const valuesOf = (name: string): string[] => {
  const type = schema.getType(name)
  if (!isEnumType(type)) throw new Error(`${name} is no enum`)
  return type.getValues().map(value => value.name)
}

const tables: [keyof Codes, string][] = [
  ['kind', 'ContactKind'], ['outcome', 'Outcome'], ['review', 'ReviewFlag'], ['horizon', 'Horizon'], ['horizonShort', 'Horizon'],
  ['status', 'ItemStatus'], ['role', 'Role'], ['usage', 'Usage'], ['effect', 'Effect'], ['took', 'Took'], ['caseKind', 'CaseKind'],
  ['caseStatus', 'CaseStatus'], ['stopCause', 'StopCause'], ['step', 'StepKind'], ['occasion', 'Occasion'], ['sex', 'Sex'],
  ['service', 'ServiceState'], ['lifecycle', 'Lifecycle'], ['activity', 'Activity'], ['tier', 'ValueTier'], ['shed', 'ShedReason'],
  ['forecast', 'ForecastSource'], ['exception', 'ExceptionKind'], ['next', 'NextAction'], ['verdict', 'Verdict'], ['joint', 'JointStatus'], ['travel', 'TravelMode'], ['source', 'ItemSource'], ['calendar', 'Calendar'],
]

describe('the words', () => {
  test.each(tables)('the table %s has every value of %s, in both languages', (table, name) => {
    for (const { codes } of [zh, en]) {
      const texts = codes[table] as Record<string, string>
      expect(valuesOf(name).filter(value => !texts[value])).toEqual([])
    }
  })

  test('no text is empty, and no English one has Chinese in it', () => {
    for (const [area, words] of Object.entries({ ...zh.words, ...zh.codes })) {
      for (const [key, text] of Object.entries(words)) expect(text, `${area}.${key}`).not.toBe('')
    }
    for (const [area, words] of Object.entries({ ...en.words, ...en.codes })) {
      for (const [key, text] of Object.entries(words as Record<string, unknown>)) {
        if (typeof text === 'string') expect(text, `${area}.${key}`).not.toMatch(/[\u3400-\u9fff]/)
      }
    }
  })

  test('change with the language; a code nobody knows is shown as it is', async () => {
    await setLanguage('zh')
    expect([t('shell.kept', 2), word('kind', 'CALL'), word('kind', 'PIGEON'), word('kind', null)])
      .toEqual(['2 条已存在手机上', '电话', 'PIGEON', ''])
    await setLanguage('en')
    expect([t('shell.kept', 2), word('kind', 'CALL')]).toEqual(['2 pieces saved on this phone', 'Call'])
    expect(options('took').map(option => option.value)).toEqual(['REPURCHASE', 'REFERRAL'])
  })
})

test('the words of desks are empty until they are loaded, and change with the language then', async () => {
  await setLanguage('zh')
  expect([t('kitDesk.again'), word('exception', 'MISSED'), options('verdict')]).toEqual(['', 'MISSED', []])
  await loadDeskWords()
  expect([t('kitDesk.again'), word('exception', 'MISSED')]).toEqual(['重试', '错过的回访'])
  await setLanguage('en')
  expect([t('kitDesk.again'), word('exception', 'MISSED')]).toEqual(['Try again', 'Missed'])
})

test('a piece of work is told field by field, without ids', async () => {
  await setLanguage('en')
  const input = {
    accountId: 'a', itemId: 'i', kind: 'CALL', outcome: 'TALKED', note: 'as agreed', startedAt: '2026-11-22T01:30:00Z', nextOn: '2026-12-01',
    reaction: false, present: ['wife', 'son'], feeling: '',
  }
  expect(fieldsOf({ input })).toEqual([
    { name: 'Kind', text: 'Call' }, { name: 'Outcome', text: 'Talked' }, { name: 'Note', text: 'as agreed' },
    { name: 'Start', text: 'Nov 22, 09:30' }, { name: 'Day of the next step', text: 'December 1, 2026' },
    { name: 'Discomfort', text: 'No' }, { name: 'Present', text: 'wife, son' },
  ])
  expect(fieldsOf(null)).toEqual([])
})

test.each([
  ['Mozilla/5.0 (Linux; Android 13; M2102) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36', 'Android · Chrome'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/17.0 Mobile Safari/604.1', 'iPhone · Safari'],
  ['Mozilla/5.0 (Linux; Android 12; HarmonyOS) AppleWebKit/537.36 Chrome/114 HuaweiBrowser/15 Mobile Safari/537.36', 'HarmonyOS · Huawei'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120', 'Windows · Edge'],
  ['curl/8', 'Web'],
])('a device is called after %s', (agent, name) => {
  expect(deviceName(agent)).toBe(name)
})
