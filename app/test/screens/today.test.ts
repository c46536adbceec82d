import { beforeAll, describe, expect, test } from 'vitest'
import type { Badge, ItemCard } from '@/engine/contract'
import { setLanguage } from '@/lang'
import { provisional } from '@/read/effects/made'
import { mayAct, nextOf } from '@/screens/today/actions'
import { badgeText } from '@/screens/today/words'

beforeAll(() => setLanguage('zh'))

const card = (id: string, status: ItemCard['item']['status'] = 'OPEN') => ({ item: { id, status } }) as ItemCard

describe('what can be done', () => {
  const guess = card(provisional('0199', 'next'))

  test('a contact the server will make is shown, but nobody can act on it', () => expect(mayAct(guess)).toBe(false))
  test('an open one can be acted on', () => expect(mayAct(card('0199'))).toBe(true))
  test('one that is done cannot', () => expect(mayAct(card('0199', 'DONE'))).toBe(false))
  test('the next one is one that can be acted on', () => expect(nextOf([guess, card('a')], [])?.item.id).toBe('a'))
  test('there is no next one among guesses', () => expect(nextOf([guess], [guess])).toBe(null))
})

describe('special days on a card', () => {
  const day = (more: Partial<Extract<Badge, { label: string }>>): Badge =>
    ({ kind: 'birthday', inDays: 1, label: '', occasion: 'BIRTHDAY', ...more })

  test.each<[string, Badge, string]>([
    ['the customer’s own birthday', day({}), '明天生日'],
    ['a spouse without a name', day({ occasion: 'SPOUSE_BIRTHDAY' }), '明天配偶生日'],
    ['a spouse with a name', day({ occasion: 'SPOUSE_BIRTHDAY', memberName: '王秀兰' }), '明天王秀兰生日'],
    ['an anniversary', day({ kind: 'date', occasion: 'ANNIVERSARY', inDays: 0 }), '今天纪念日'],
    ['a day with a name of its own', day({ kind: 'date', occasion: 'OTHER', label: '金婚', inDays: 3 }), '3 天后金婚'],
  ])('%s', (_, badge, text) => expect(badgeText(badge)).toBe(text))
})
