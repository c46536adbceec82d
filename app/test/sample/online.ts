// What is only asked of the server.

import type { Queries } from '../../src/engine/contract'
import { REP } from './make'

type Answer<K extends 'devices' | 'staff'> = Exclude<Queries[K]['result'], string>

export function devicesOf(now: number): Answer<'devices'> {
  const ago = (hours: number) => new Date(now - hours * 3_600_000).toISOString()
  const own = { userId: REP, userName: '李静', revokedAt: null, wipedAt: null }
  return [
    { ...own, id: 'device-here', name: 'Android · Chrome', createdAt: ago(900), seenAt: ago(0), issued: 214, received: 214, waiting: 0, missing: 0 },
    { ...own, id: 'device-old', name: 'iPhone · Safari', createdAt: ago(5000), seenAt: ago(700), issued: 1207, received: 1204, waiting: 1, missing: 2 },
    { ...own, id: 'device-lost', name: 'Android · Chrome', createdAt: ago(4000), seenAt: ago(2100), issued: 88, received: 88, waiting: 0,
      missing: 0, revokedAt: ago(2000) },
  ]
}

export const staffOf = (): Answer<'staff'> => [
  { id: REP, number: 'S1021', name: '李静', role: 'REP', teamId: 'team-1' },
  { id: 'rep-zhaolei', number: 'S1008', name: '赵磊', role: 'REP', teamId: 'team-1' },
]
