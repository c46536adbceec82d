import type { Work } from '@/engine/contract'
import type { Tone } from '@/kit'
import type { IconName } from '@/kit'
import { t, word } from '@/lang'

/** The server did not take it: it is mended, tried again or discarded. */
export const turnedDown = (work: Work): boolean => work.state === 'refused' || work.state === 'conflict'
/** The work is delivered, but the server will not take some of its photos. */
export const lacksPhotos = (work: Work): boolean => work.photos.refused.length > 0
export const needsUser = (work: Work): boolean => turnedDown(work) || lacksPhotos(work)
/** Somebody else changed the same file: the account's page lays both side by side. */
export const toMerge = (work: Work): boolean => work.state === 'conflict' && work.name === 'EditAccount' && work.accountId !== undefined
export const isDone = (work: Work): boolean => !needsUser(work) && (work.state === 'accepted' || work.state === 'review')

export function toneOf(work: Work): Tone {
  if (needsUser(work)) return 'danger'
  if (work.state === 'review' || work.reassigned) return 'warn'
  return work.state === 'accepted' ? 'brand' : 'info'
}

export function iconOf(work: Work): IconName {
  if (needsUser(work)) return 'warning'
  if (isDone(work)) return 'cloud'
  return work.state === 'sending' ? 'send' : 'device'
}

/** Why the server did not take it. The rule's own words come first where the app has some. */
export function whyOf(work: Work): string {
  if (!turnedDown(work)) return photosWhy(work)
  const rule = work.rule ? ` (${[work.field, work.rule].filter(Boolean).join(' · ')})` : ''
  return `${word('error', work.code)}${rule}`
}

function photosWhy({ photos: { refused } }: Work): string {
  const whys = new Set(refused.map(({ why }) => why === 'picture' ? t('me.photoNone') : why === 'D10' ? t('me.photoTooMany') : t('me.photoOther')))
  return [t('me.photosRefused', refused.length), ...whys].join(t('me.stop'))
}

/** What else there is to say, one sentence each. */
export const notesOf = (work: Work): string[] => [
  ...(work.heldBy ? [t('me.held')] : []),
  ...(work.reassigned ? [t('me.reassigned')] : []),
  ...work.review.map(flag => word('review', flag)),
  ...(work.photos.total > work.photos.sent + work.photos.refused.length ? [t('me.photosLeft', work.photos.sent, work.photos.total)] : []),
]
