// What the server says no to, at the inputs of the form.
import type { EngineError, Fault } from '@/engine/contract'
import { word } from '@/lang'
import { named } from './document'
import { RHYTHMS, SECTIONS } from './fields'

/** All that an answer says is wrong with a document. Nothing when it is about something else: the day, the connection. */
export function faultsOf({ code, field, rule, message, faults }: EngineError): Fault[] {
  if (code !== 'INVALID' || !field || field === 'fromDay') return []
  return faults.length > 0 ? [...faults] : [{ field, rule, message }]
}

/** Whether one value holds the other, or both are the same: a list and its part. */
export function touches(one: string, other: string): boolean {
  const [outer, inner] = one.length < other.length ? [one, other] : [other, one]
  return inner === outer || (inner.startsWith(outer) && /^[.[]/.test(inner.slice(outer.length)))
}

const NUMBERS = new Set([
  ...SECTIONS.flatMap(({ fields }) => fields.map(({ path }) => named(path))),
  ...RHYTHMS.flatMap(({ path }) => ['callEvery', 'visitEvery', 'priority'].map(part => named([...path, part]))),
])
const CARDS = [
  /^cadence\.onboarding\[\d+\]\.(day|kind|orKind|objectives(\[\d+\])?)$/, /^cadence\.festivals\[\d+\]\.(zh|en|calendar|month|day)$/,
  /^planning\.(visitHours|callHours|hours\.[0-6])(\[\d+\](\.(from|to))?)?$/, /^scripts\.\w+(\.(zh|en))?$/,
  /^standing\.grades\[\d+\]\.needs\.\w+$/,
]

/** Whether the form has an input for a value. */
export const hasInput = (field: string): boolean => NUMBERS.has(field) || CARDS.some(card => card.test(field))

/** Values with a word of their own for what can be wrong with them; all others have that of the rule. */
const OWN: [RegExp, rule: string, key: string][] = [
  [/^cadence\.rhythms\.\w+\.(call|visit)Every$/, 'range', 'rhythm'],
  [/^cadence\.onboarding\[\d+\]\.day$/, 'range', 'phaseDay'],
  [/^cadence\.onboarding\[\d+\]\.objectives$/, 'range', 'objectives'],
  [/^cadence\.(onboarding\[\d+\]|return|reaction|complaint)\.\w*[kK]ind$/, 'range', 'enum'],
  [/^cadence\.festivals\[\d+\]\.day$/, 'range', 'festivalDay'],
  [/^cadence\.festivals\[\d+\]\.(zh|en)$/, 'range', 'name'],
  [/^cadence\.activity\./, 'range', 'months'],
  [/^standing\.tiers\.[abc]$/, 'range', 'tiers'],
  [/^standing\.grades\[/, 'range', 'rungs'],
  [/^balance\.high$/, 'order', 'band'],
]

/** Why a value is refused, in the language of the screen; in the server's words where the app has none. */
export function faultWords({ field, rule = '', message }: Fault): string {
  const key = OWN.find(([path, of]) => of === rule && path.test(field))?.[2] ?? rule
  const words = word('policyFault', key)
  return words === key ? message : words
}
