// The facts of a file as they are written in fields (D10), and what of them changed.

import type { Account, Commands } from '@/engine/contract'
import { fenOf, yuanOf } from '../log/form'

type Edit = Commands['EditAccount']['input']
export type Fact = Exclude<keyof Edit, 'accountId' | 'version' | 'position' | 'preferred' | 'quiet' | 'optOuts'>
export type FieldKind = 'text' | 'lines' | 'year' | 'tel' | 'yuan' | 'list' | 'day' | 'yes' | 'sex'
type Field = { name: Fact; kind: FieldKind; max: number }
type Section = { title: 'hard' | 'soft' | 'sales' | 'sensitive'; fields: Field[] }

const field = (name: Fact, kind: FieldKind = 'text', max = 100): Field => ({ name, kind, max })

export const SECTIONS: Section[] = [
  { title: 'hard', fields: [
    field('name'), field('sex', 'sex'), field('birthYear', 'year', 4), field('phone', 'tel', 20), field('address', 'lines', 1000),
    field('district'), field('city'), field('frail', 'yes'), field('source'),
  ] },
  { title: 'soft', fields: [
    field('taboos', 'lines', 1000), field('manner', 'lines', 1000), field('looks', 'lines', 1000), field('habits', 'lines', 1000),
    field('hobbies', 'list', 1000), field('employer'), field('job'),
  ] },
  { title: 'sales', fields: [
    field('wishes', 'lines', 1000), field('interests', 'list', 1000), field('budget', 'yuan', 14), field('expectedNextOn', 'day'),
    field('brings', 'lines', 1000),
  ] },
  { title: 'sensitive', fields: [field('health', 'lines', 4000), field('history', 'lines', 4000), field('allergies', 'lines', 4000)] },
]
export const FIELDS: Field[] = SECTIONS.flatMap(s => s.fields)

/** What is written in the fields, all as text; 'yes' and '' for a switch. */
export type Written = Record<Fact, string>

/** The file as text. Health facts are not on the phone: their fields begin empty and count only when something is written. */
export function writtenOf(account: Account): Written {
  const known = account as unknown as Record<string, unknown>
  return Object.fromEntries(FIELDS.map(f => [f.name, textOf(f.kind, known[f.name])])) as Written
}

function textOf(kind: FieldKind, value: unknown): string {
  if (value === null || value === undefined || value === false) return ''
  if (value === true) return 'yes'
  if (kind === 'list') return (value as string[]).join('、')
  return kind === 'yuan' ? yuanOf(value as number) : String(value)
}

export const changedFields = (before: Written, now: Written): Field[] =>
  FIELDS.filter(f => now[f.name].trim() !== before[f.name].trim())

/** Only what changed, as the command wants it; null takes a fact away. */
export function editInput(account: Pick<Account, 'id' | 'version'>, before: Written, now: Written): Edit {
  const changes = changedFields(before, now).map(f => [f.name, valueOf(f.kind, now[f.name].trim())])
  return { accountId: account.id, version: account.version, ...Object.fromEntries(changes) } as Edit
}

function valueOf(kind: FieldKind, text: string): unknown {
  switch (kind) {
    case 'yes': return text === 'yes'
    case 'list': return listOf(text)
    case 'year': return yearOf(text)
    case 'yuan': return fenOf(text)
    case 'day':
    case 'sex': return text === '' ? null : text
    default: return text
  }
}

export const listOf = (text: string): string[] => [...new Set(text.split(/[、,，;；\n]/).map(w => w.trim()).filter(Boolean))]

export function yearOf(text: string): number | null {
  return /^(19|20)\d\d$/.test(text.trim()) ? Number(text) : null
}

export type FieldProblem = 'required' | 'badYear' | 'badAmount' | 'badPhone' | 'tooLong'

/** What keeps the file from being saved, by field; only changed ones are looked at. */
export function fileProblems(before: Written, now: Written): Partial<Record<Fact, FieldProblem>> {
  const found = changedFields(before, now).map(f => [f.name, problemOf(f, now[f.name].trim())]).filter(([, p]) => p)
  return Object.fromEntries(found) as Partial<Record<Fact, FieldProblem>>
}

function problemOf({ name, kind, max }: Field, text: string): FieldProblem | null {
  if (name === 'name' && text === '') return 'required'
  if (text.length > max || (kind === 'list' && listOf(text).some(w => w.length > 100))) return 'tooLong'
  if (text === '') return null
  if (kind === 'year' && yearOf(text) === null) return 'badYear'
  if (kind === 'yuan' && fenOf(text) === null) return 'badAmount'
  return kind === 'tel' && !/^[\d\s+()-]{5,20}$/.test(text) ? 'badPhone' : null
}
