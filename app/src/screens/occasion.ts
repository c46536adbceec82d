import { word } from '@/lang'

/** What a special day is called: its own name, else its occasion. Of somebody named it is a birthday, not a spouse's. */
export function occasionText(date: { label: string; occasion: string }, who: string | undefined): string {
  if (date.label) return date.label
  return word('occasion', who && date.occasion === 'SPOUSE_BIRTHDAY' ? 'BIRTHDAY' : date.occasion)
}
