// Where the sample's members live.

import { addDays } from '../../../src/rules/civil'
import { person, type Facts, type ReadsOf } from './area'
import { repOf, STAFF } from './people'

export const map = ({ rows, today }: Facts): ReadsOf<'MapPoints'> => ({
  MapPoints: ({ team, rep }) => {
    const reps = STAFF.filter(r => (!team || r.teamId === team) && (!rep || r.id === rep))
    const seen = new Set(reps.map(r => r.id))
    const held = rows.cards.map(({ account: a }, i) => ({ ...a, repId: repOf(i).id, i })).filter(a => seen.has(a.repId))
    const points = held.filter(a => a.lat !== null && a.lng !== null).map(a => {
      const lastContactOn = a.i % 11 === 7 ? null : a.lastContactOn ?? addDays(today, -(a.i % 40))
      return {
        id: a.id, name: a.name, lat: a.lat ?? 0, lng: a.lng ?? 0, district: a.district, repId: a.repId, tier: a.tier ?? '', lastContactOn,
        inTouchUntil: addDays(lastContactOn ?? today, 15), neglected: lastContactOn !== null && lastContactOn < addDays(today, -23),
      }
    })
    return { mapPoints: { points, placeless: held.length - points.length, reps: reps.map(person) } }
  },
})
