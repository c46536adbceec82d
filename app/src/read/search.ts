// Finding accounts by what a rep types: part of a name, the beginning of its pinyin or initials, a member number, or four
// to eleven digits of the end of the phone (care/search.go; the phone has the clear numbers, so it may ask for more).

import type { Card } from '../engine/contract'

export type Wanted = (card: Card) => boolean

export function textFinder(text: string): Wanted {
  const wanted = plain(text)
  if (wanted === '') return () => true
  const digits = wanted.replaceAll(/[\s\-+()]/g, '')
  const phone = /^\d{4,11}$/.test(digits) ? digits : null
  const spelling = wanted.replaceAll(/[\s'’]/g, '')
  return card =>
    plain(card.account.name).includes(wanted) ||
    plain(card.account.number) === wanted ||
    spellings(card.pinyin).some(s => s.startsWith(spelling)) ||
    (phone !== null && card.account.phone.endsWith(phone))
}

/** Half-width, lower case, no space around: what an input method makes of letters and digits does not matter. */
const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/** The full spelling and the initials. */
const spellings = (pinyin: string): string[] => pinyin.toLowerCase().split(' ').filter(s => s !== '')
