import type { WorkloadBy } from '@/engine/graphql'
import { t } from '@/lang'
import { addDays, dayText } from '@/lang/format'
import type { Row } from './figures'

/** A row by its name; a week by its first and last day. */
export function rowName(row: Row, by: WorkloadBy): string {
  if (by !== 'WEEK' || row.week === null) return row.name || t('workload.nameless')
  const last = addDays(row.week, 6 - ((new Date(`${row.week}T00:00:00Z`).getUTCDay() + 6) % 7))
  return t('workload.week', dayText(row.week), dayText(last.slice(0, 7) === row.week.slice(0, 7) ? last : addDays(`${last.slice(0, 7)}-01`, -1)))
}
