import type { Instant } from '@/engine/contract'
import type { LogForm } from './form'

/** Minutes after midnight of HH:MM; null while it is not a time. */
export function minuteOf(text: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text)
  return found ? Number(found[1]) * 60 + Number(found[2]) : null
}

/** Another beginning; a known end moves along, so that the contact stays as long as it was. */
export function shiftedTo(form: Pick<LogForm, 'startedAt' | 'endedAt'>, startedAt: Instant): Pick<LogForm, 'startedAt' | 'endedAt'> {
  if (form.endedAt === null) return { startedAt, endedAt: null }
  const lasted = Date.parse(form.endedAt) - Date.parse(form.startedAt)
  return { startedAt, endedAt: new Date(Date.parse(startedAt) + lasted).toISOString() }
}
