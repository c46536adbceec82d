import { describe, expect, test } from 'vitest'
import type { Role } from '@/engine/graphql'
import { groupsOf, litOf, restOf, startOf, tabsOf } from '@/shell/tabs'

const names = (tabs: { name: string }[]) => tabs.map(({ name }) => name)
const ROLES: Role[] = ['REP', 'EXPERT', 'SUPERVISOR', 'MANAGER', 'ADMIN']

describe('the navigation', () => {
  test.each(ROLES)('of %s has five places at most on a phone, and reaches everything', role => {
    const all = names(groupsOf(role).flatMap(({ tabs }) => tabs))
    expect(tabsOf(role).length).toBeLessThanOrEqual(5)
    expect([...names(tabsOf(role)).filter(name => name !== 'more'), ...names(restOf(role))].sort()).toEqual([...all].sort())
    expect(all.map(name => `/${name}`)).toContain(startOf(role))
  })

  test('of a rep has nothing of the desk', () => {
    expect(names(tabsOf('REP'))).toEqual(['today', 'plan', 'accounts', 'me'])
    expect(restOf('REP')).toEqual([])
  })

  test('lights what a screen is behind: requests are behind one\'s own page for reps, and behind more on phones of leaders', () => {
    expect((['REP', 'EXPERT', 'SUPERVISOR'] as const).map(role => litOf('requests', role, false))).toEqual(['me', 'requests', 'more'])
    expect((['REP', 'EXPERT', 'SUPERVISOR'] as const).map(role => litOf('requests', role, true))).toEqual(['me', 'requests', 'requests'])
    expect(litOf('me', 'REP', false)).toBe('me')
  })

  test('shows the rules of the company to managers only', () => {
    expect(ROLES.filter(role => names(groupsOf(role).flatMap(({ tabs }) => tabs)).includes('policy'))).toEqual(['MANAGER'])
  })

  test('begins with what goes wrong for who leads, with what is asked for experts', () => {
    expect(ROLES.map(startOf)).toEqual(['/today', '/requests', '/inbox', '/inbox', '/me'])
  })
})
