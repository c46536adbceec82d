// How days, times, distances and money are written. Days are civil and never shift with the phone's zone; instants are
// shown in the company's zone, wherever the phone is.
import { shallowRef } from 'vue'
import type { Day, Instant } from '@/engine/contract'
import { currentLanguage, languageTag, t } from './index'

const zone = shallowRef('Asia/Shanghai')

/** The company's time zone, set when somebody is signed in. */
export const setZone = (name: string): void => {
  zone.value = name
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = languageTag() + JSON.stringify(options)
  const made = formats.get(key) ?? new Intl.DateTimeFormat(languageTag(), options)
  formats.set(key, made)
  return made
}

const civil = (day: Day): Date => new Date(`${day}T00:00:00Z`)
const utc = { timeZone: 'UTC' } as const

/** Days from one to another; negative when the second is earlier. */
export const daysBetween = (from: Day, to: Day): number => Math.round((+civil(to) - +civil(from)) / 86_400_000)

/** The day some days later. */
export const addDays = (day: Day, days: number): Day =>
  new Date(+civil(day) + days * 86_400_000).toISOString().slice(0, 10)

/** 11月22日, or with the year when it is another one than `today`'s. */
export function dayText(day: Day, today?: Day): string {
  const otherYear = today !== undefined && day.slice(0, 4) !== today.slice(0, 4)
  return format({ ...utc, month: 'short', day: 'numeric', ...(otherYear ? { year: 'numeric' } : {}) }).format(civil(day))
}

/** 2026年11月22日. */
export const fullDay = (day: Day): string =>
  format({ ...utc, year: 'numeric', month: 'long', day: 'numeric' }).format(civil(day))

/** 周日. */
export const weekday = (day: Day): string => format({ ...utc, weekday: 'short' }).format(civil(day))

/** 2026年11月. */
export const monthText = (day: Day): string => format({ ...utc, year: 'numeric', month: 'long' }).format(civil(day))

/** 11月22日 周日, or Sun, Nov 22. */
export const dayAndWeekday = (day: Day, today?: Day): string =>
  currentLanguage() === 'zh' ? `${dayText(day, today)} ${weekday(day)}` : `${weekday(day)}, ${dayText(day, today)}`

/** 今天, 明天, 昨天, else the day and weekday. */
export function nearDay(day: Day, today: Day): string {
  const away = daysBetween(today, day)
  if (away === 0) return t('kit.today')
  if (away === 1) return t('kit.tomorrow')
  if (away === -1) return t('kit.yesterday')
  return dayAndWeekday(day, today)
}

/** Minutes of a day as 09:30. */
export const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** An instant as 11月22日 09:30 in the company's zone. */
export const moment = (at: Instant): string =>
  format({ timeZone: zone.value, month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .format(new Date(at))

/** An instant as 09:30 in the company's zone. */
export const timeOfDay = (at: Instant): string =>
  format({ timeZone: zone.value, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))

/** How long ago, in words. */
export function ago(at: Instant, now: number): string {
  const minutes = Math.max(0, Math.round((now - Date.parse(at)) / 60_000))
  if (minutes < 1) return t('kit.justNow')
  if (minutes < 60) return t('kit.minutesAgo', minutes)
  if (minutes < 24 * 60) return t('kit.hoursAgo', Math.round(minutes / 60))
  return t('kit.daysAgo', Math.round(minutes / 1440))
}

/** Minutes as 1 小时 20 分. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = Math.round(minutes % 60)
  if (hours === 0) return t('kit.minutes', rest)
  return rest === 0 ? t('kit.hours', hours) : t('kit.hoursMinutes', hours, rest)
}

/** Metres as 350 米 or 1.2 公里. */
export function distance(metres: number): string {
  if (metres < 950) return t('kit.metres', Math.max(10, Math.round(metres / 10) * 10))
  return t('kit.kilometres', metres < 9_950 ? (metres / 1000).toFixed(1) : String(Math.round(metres / 1000)))
}

/** Fen as ¥1,280 or ¥12.50. */
export const money = (fen: number): string =>
  `¥${(fen / 100).toLocaleString(currentLanguage() === 'zh' ? 'zh-CN' : 'en', {
    minimumFractionDigits: fen % 100 === 0 ? 0 : 2, maximumFractionDigits: 2,
  })}`

/** 138 0013 8000. */
export const phoneText = (phone: string): string =>
  /^1\d{10}$/.test(phone) ? `${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}` : phone
