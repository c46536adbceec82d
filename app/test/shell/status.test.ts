import { beforeAll, describe, expect, test } from 'vitest'
import type { SyncState } from '../../src/engine/contract'
import { setLanguage } from '../../src/lang'
import { statusOf } from '../../src/shell/status'

const calm: SyncState = {
  online: true, busy: false, waiting: 0, needsYou: 0, review: 0, photosWaiting: 0, lastContact: null, trouble: null, filling: false,
}

beforeAll(() => setLanguage('en'))

describe('the sentence that says where the work is', () => {
  test.each<[string, Partial<SyncState>, string | null, string | undefined]>([
    ['all on the server: nothing to say', {}, null, undefined],
    ['work for review is on the server too', { review: 3 }, null, undefined],
    ['waiting work is saved on the phone', { waiting: 1 }, '1 piece saved on this phone', 'quiet'],
    ['on its way', { waiting: 2, busy: true }, 'Sending 2 pieces', 'quiet'],
    ['only photos are left', { photosWaiting: 1 }, '1 photo waits', 'quiet'],
    [
      'without a connection what waits is told along', { online: false, waiting: 2 },
      'No connection · 2 pieces saved on this phone', 'warn',
    ],
    [
      'refused work comes before the connection', { online: false, needsYou: 1, waiting: 1 },
      '1 piece of work needs you · 1 piece saved on this phone', 'danger',
    ],
    [
      'a full phone comes before all', { trouble: 'storage', needsYou: 4 },
      'This phone has no room left: nothing new can be kept', 'danger',
    ],
    ['a gateway is named', { trouble: 'gateway' }, 'This network wants you to sign in to it first', 'warn'],
    [
      'an ended sign-in leads to the sign-in', { trouble: 'signedOut', waiting: 1 },
      'Your sign-in has ended, please sign in again · 1 piece saved on this phone', 'danger',
    ],
    [
      'a failing server never reads as sent', { trouble: 'server', waiting: 3, busy: true },
      'The server cannot be reached now · 3 pieces saved on this phone', 'warn',
    ],
    ['the first pull is told', { filling: true }, 'Fetching your accounts onto this phone', 'quiet'],
  ])('%s', (_, part, text, tone) => {
    const status = statusOf({ ...calm, ...part })
    expect(status?.text ?? null).toBe(text)
    expect(status?.tone).toBe(tone)
    expect(status?.to).toBe(part.trouble === 'signedOut' ? '/signin' : text === null ? undefined : '/me/outbox')
  })
})
