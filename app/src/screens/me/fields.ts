import { t, word } from '@/lang'
import type { Codes, Key } from '@/lang'
import { moment, fullDay } from '@/lang/format'

export type Field = { name: string; text: string }

const tables: Record<string, keyof Codes> = {
  kind: 'kind', nextKind: 'kind', orKind: 'kind', outcome: 'outcome', usage: 'usage', effect: 'effect', took: 'took', horizon: 'horizon',
  cause: 'stopCause', sex: 'sex', occasion: 'occasion', calendar: 'calendar', byRole: 'role', status: 'caseStatus',
}
const hidden = /^(id|version|.*Id|account|item|member|date|case|step)$/

/** What a piece of work says, field by field, without what only programs need. */
export function fieldsOf(input: unknown): Field[] {
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([name, value]): Field[] => {
    if (name === 'input') return fieldsOf(value)
    if (hidden.test(name) && typeof value !== 'object') return []
    const text = textOf(name, value)
    return text === '' ? [] : [{ name: nameOf(name), text }]
  })
}

const nameOf = (name: string): string => {
  const keys = [`me.field_${name}`, `account.f_${name}`] as Key[]
  const said = keys.map(key => ({ key, text: (t as (key: Key) => string)(key) })).find(({ key, text }) => text !== key)
  return said?.text ?? name
}

function textOf(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return value ? t('me.yes') : t('me.no')
  if (Array.isArray(value)) return value.map(one => textOf(name, one)).filter(Boolean).join(t('account.comma'))
  if (typeof value === 'object') return fieldsOf(value).map(field => `${field.name} ${field.text}`).join(' · ')
  const table = tables[name]
  if (table) return word(table, String(value))
  return typeof value === 'string' ? dated(value) : String(value)
}

function dated(text: string): string {
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return moment(text)
  return /^\d{4}-\d\d-\d\d$/.test(text) ? fullDay(text) : text
}
