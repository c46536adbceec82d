// What stands in the navigation, by role.
import type { Role } from '@/engine/graphql'
import type { IconName } from '@/kit/icons'
import type { Key } from '@/lang'

export type TabName =
  | 'inbox' | 'workload' | 'forecast' | 'moves' | 'cases' | 'requests' | 'team' | 'policy' | 'today' | 'plan' | 'accounts' | 'me' | 'more'
export type Tab = { name: TabName; icon: IconName; key: Key & `shell.${string}` }
type Group = { key: Key & `shell.${string}`; tabs: Tab[] }

const tab = (name: TabName, icon: IconName): Tab => ({ name, icon, key: `shell.${name}` })

const today = tab('today', 'today')
const plan = tab('plan', 'plan')
const accounts = tab('accounts', 'people')
const me = tab('me', 'person')
const requests = tab('requests', 'message')
const [inbox, workload, forecast, moves] = [tab('inbox', 'inbox'), tab('workload', 'chart'), tab('forecast', 'eye'), tab('moves', 'swap')]
const [cases, team, policy] = [tab('cases', 'flag'), tab('team', 'team'), tab('policy', 'rules')]

export const LEADERS: readonly Role[] = ['SUPERVISOR', 'MANAGER']

const teamOf = (role: Role): Tab[] => [inbox, workload, forecast, moves, cases, requests, team, ...(role === 'MANAGER' ? [policy] : [])]
const own = [today, plan, accounts, me]

/** Everything there is, for the rail of a desk. */
export function groupsOf(role: Role): Group[] {
  if (LEADERS.includes(role)) return [{ key: 'shell.groupTeam', tabs: teamOf(role) }, { key: 'shell.groupOwn', tabs: own }]
  return [{ key: 'shell.groupOwn', tabs: tabsOf(role) }]
}

/** Five at most, for the bar of a phone. */
export function tabsOf(role: Role): Tab[] {
  if (role === 'ADMIN') return [me]
  if (LEADERS.includes(role)) return [inbox, workload, moves, tab('more', 'more'), me]
  return role === 'EXPERT' ? [requests, ...own] : own
}

/** What has no place in the bar of a phone. */
export function restOf(role: Role): Tab[] {
  const shown = tabsOf(role).map(({ name }) => name)
  return groupsOf(role).flatMap(({ tabs }) => tabs).filter(({ name }) => !shown.includes(name))
}

/** The first page of whoever signs in. */
export function startOf(role: Role): string {
  if (role === 'ADMIN') return '/me'
  if (LEADERS.includes(role)) return '/inbox'
  return role === 'EXPERT' ? '/requests' : '/today'
}

/** Where a screen belongs in the navigation: what has no place there of its own is behind another. */
export function litOf(tab: TabName | undefined, role: Role, desk: boolean): TabName | undefined {
  const all = groupsOf(role).flatMap(({ tabs }) => tabs)
  if (tab === 'requests' && !all.some(({ name }) => name === tab)) return 'me' // of reps
  return !desk && restOf(role).some(({ name }) => name === tab) ? 'more' : tab
}
