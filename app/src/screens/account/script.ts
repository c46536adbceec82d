// Talk scripts (D20): which one fits a contact, and its text with the account's own facts filled in.

import type { AccountView, Brief, Card, Day, Item } from '@/engine/contract'
import { daysBetween } from '@/rules/civil'

export const SCRIPT_CODES = [
  'ONBOARDING_1', 'ONBOARDING_2', 'ONBOARDING_3', 'ONBOARDING_4', 'ONBOARDING_5',
  'ROUTINE', 'REPURCHASE', 'POTENTIAL', 'ACTIVATION', 'INTERVIEW', 'WIN_BACK',
  'BIRTHDAY', 'SPOUSE_BIRTHDAY', 'ANNIVERSARY', 'DATE', 'FESTIVAL',
  'STOP_EFFECT', 'STOP_SERVICE', 'STOP_COMPETITOR', 'REACTION', 'RETURN', 'COMPLAINT',
] as const
export type ScriptCode = (typeof SCRIPT_CODES)[number]

/** A script as it is written: {fact} is filled in; a part in [brackets] goes when a fact of it is missing. */
export type Script = { title: string; open: string; ask: string[]; watch: string[]; message: string }
export type ScriptTexts = {
  scripts: Record<ScriptCode, Script>
  address: { auntie: string; uncle: string; madam: string; sir: string; granny: string; grandpa: string; plain: string }
  /** What stands where a fact is not known. */
  unknown: Record<Fact, string>
}
export type Fact = 'call' | 'rep' | 'company' | 'product' | 'days' | 'until' | 'bought' | 'on' | 'occasion' | 'who' | 'festival'
export type Facts = Partial<Record<Fact, string>>

const COMPOUND_SURNAMES = ['欧阳', '司马', '上官', '诸葛', '夏侯', '皇甫', '尉迟', '公孙', '慕容', '令狐', '司徒', '东方', '南宫']

export function surnameOf(name: string): string {
  if (!/^\p{Script=Han}/u.test(name)) return name
  return COMPOUND_SURNAMES.find(s => name.startsWith(s) && name.length > s.length) ?? [...name][0] ?? name
}

type Person = { name: string; sex: Card['account']['sex']; birthYear: number | null }

/** How a customer is addressed: by surname, sex and age, politely old rather than familiar. */
export function addressOf(person: Person, today: Day, words: ScriptTexts['address']): string {
  const age = person.birthYear === null ? null : Number(today.slice(0, 4)) - person.birthYear
  return titleOf(person.sex, age, words)
    .replaceAll('{surname}', surnameOf(person.name))
    .replaceAll('{name}', person.name)
}

function titleOf(sex: Person['sex'], age: number | null, words: ScriptTexts['address']): string {
  if (sex === null) return words.plain
  const woman = sex === 'FEMALE'
  if (age !== null && age >= 80) return woman ? words.granny : words.grandpa
  if (age !== null && age >= 50) return woman ? words.auntie : words.uncle
  return woman ? words.madam : words.sir
}

/** Puts facts into a text in one pass; a value is never read as a place for another. */
export function fillScript(text: string, facts: Facts, unknown: ScriptTexts['unknown']): string {
  const known = text.replace(/\[([^[\]]*)\]/g, (_, part: string) => (placesOf(part).every(p => facts[p]) ? part : ''))
  return known.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name as Fact] || unknown[name as Fact] || whole)
}

function placesOf(text: string): Fact[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(m => m[1] as Fact)
}

export function fillWhole(script: Script, facts: Facts, unknown: ScriptTexts['unknown']): Script {
  const fill = (text: string) => fillScript(text, facts, unknown)
  return {
    title: fill(script.title), open: fill(script.open), message: fill(script.message),
    ask: script.ask.map(fill).filter(Boolean), watch: script.watch.map(fill).filter(Boolean),
  }
}

/** The company's own words in place of those of the product: what to say at first, and nothing prescribed to ask after it. What to
 *  watch out for and the message stay. */
export function inOwnWords(script: Script, code: ScriptCode, own: readonly { code: string; zh: string; en: string }[], lang: 'zh' | 'en'): Script {
  const text = own.find(one => one.code === code)?.[lang].trim()
  return text ? { ...script, open: text, ask: [] } : script
}

const isCode = (code: string): code is ScriptCode => (SCRIPT_CODES as readonly string[]).includes(code)

/** The scripts of a planned contact: its own first, then those of what joined it. One this version does not know is led
 *  as routine care. */
export function scriptsOf(item: Pick<Item, 'script' | 'reasons'> & { alsoScripts?: string[] }, dates: Brief['dates']): ScriptCode[] {
  const own = item.script === '' ? [] : [isCode(item.script) ? item.script : 'ROUTINE']
  const named = (item.alsoScripts ?? []).filter(isCode)
  const joined = item.reasons.map(r => scriptOfReason(r.code, dates)).filter(code => code !== null)
  return [...new Set<ScriptCode>([...(own as ScriptCode[]), ...named, ...joined])]
}

function scriptOfReason(code: string, dates: Brief['dates']): ScriptCode | null {
  if (code === 'FESTIVAL') return 'FESTIVAL'
  if (code === 'ACTIVATION_LOW') return 'ACTIVATION'
  if (code === 'ACTIVATION_DORMANT') return 'INTERVIEW'
  if (code !== 'DATE' && code !== 'DATE_OF') return null
  const occasion = dates[0]?.occasion ?? ''
  return isCode(occasion) ? occasion : 'DATE'
}

/** The reason at hand where no contact is planned. */
export function scriptAtHand(view: Pick<AccountView, 'cases' | 'card'>): ScriptCode {
  const open = view.cases.find(c => c.case.status === 'OPEN')?.case
  if (open !== undefined && open.kind !== 'STOP') return open.kind
  if (open !== undefined) return stopScript(open.cause)
  const { lifecycle, service, horizon, activity } = view.card.account
  if (lifecycle === 'POTENTIAL' || service === 'NOT_YET') return 'POTENTIAL'
  if (activity === 'DORMANT') return 'INTERVIEW'
  return horizon === 'THIS_MONTH' || horizon === 'WITHIN_2_MONTHS' || horizon === 'WITHIN_3_MONTHS' ? 'REPURCHASE' : 'ROUTINE'
}

function stopScript(cause: string | null): ScriptCode {
  if (cause === 'SERVICE') return 'STOP_SERVICE'
  return cause === 'COMPETITOR' ? 'STOP_COMPETITOR' : 'STOP_EFFECT'
}

export type FactSource = {
  card: Card
  brief: Brief
  item: Pick<Item, 'reasons'> | null
  today: Day
  lang: 'zh' | 'en'
  rep: string
  company: string
  texts: ScriptTexts
  showDay: (day: Day) => string
  occasionName: (date: Brief['dates'][number]) => string
}

/** What is known of the account for its scripts. */
export function factsOf(from: FactSource): Facts {
  const { card, brief, item } = from
  const next = brief.dates[0]
  const festival = festivalOf(item, from.lang)
  return {
    call: addressOf(card.account, from.today, from.texts.address),
    rep: from.rep,
    company: from.company,
    product: brief.supply?.names[0],
    days: brief.supply ? String(daysBetween(brief.supply.boughtOn, from.today)) : undefined,
    bought: brief.supply ? from.showDay(brief.supply.boughtOn) : undefined,
    until: brief.supply?.until ? from.showDay(brief.supply.until) : undefined,
    on: next ? from.showDay(next.day) : undefined,
    occasion: next ? from.occasionName(next) : undefined,
    who: next?.memberName,
    festival,
  }
}

/** The festival is told only in the words of the reason: "D6：2026-09-25中秋节问候", "D6: Mid-Autumn greeting, …". */
export function festivalOf(item: Pick<Item, 'reasons'> | null, lang: 'zh' | 'en'): string | undefined {
  const reason = item?.reasons.find(r => r.code === 'FESTIVAL')
  if (!reason) return undefined
  const found = lang === 'zh' ? /\d{4}-\d\d-\d\d(.+)问候/.exec(reason.zh) : /^D6: (.+) greeting,/.exec(reason.en)
  return found?.[1]
}

/** A script as one text, for the clipboard. */
export function plainScript(script: Script): string {
  return [script.title, script.open, ...script.ask.map((a, i) => `${i + 1}. ${a}`), ...script.watch].join('\n')
}
