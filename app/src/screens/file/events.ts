// The history of an account as the server tells it, in the events the timeline of phones shows. Notes and photos are not
// among it: a look at them is written down, and asked for by itself.
import type { Event } from '@/engine/contract'
import type { TimelineQuery } from '@/engine/graphql'

type Page = TimelineQuery['timeline']
type Entry = Page['edges'][number]['node']

export function eventsOf(pages: Page[]): Event[] {
  const names = new Map(pages.flatMap(page => page.people.map(p => [p.id, p.name])))
  return pages.flatMap(page => page.edges.map(edge => eventOf(edge.node, page, names))).filter(event => event !== null)
}

function eventOf(entry: Entry, { lines }: Page, names: Map<string, string>): Event | null {
  const when = { id: entry.id, at: entry.at, day: entry.day }
  const name = (id: string) => names.get(id) ?? ''
  if (entry.log) {
    const log = { log: { ...entry.log, took: [] }, userName: name(entry.log.userId), note: '', photos: [], odd: null }
    return { ...when, type: 'log', log, pending: null }
  }
  if (entry.purchase) {
    const purchase = { purchase: entry.purchase, lines: lines.filter(line => line.purchaseId === entry.purchase?.id), returns: [] }
    return { ...when, type: 'purchase', purchase }
  }
  if (entry.return) return { ...when, type: 'return', return: entry.return }
  if (entry.case) return { ...when, type: 'case', case: { case: entry.case, steps: [], note: '' } }
  if (entry.assignment) return { ...when, type: 'handover', handover: entry.assignment, repName: name(entry.assignment.repId) }
  if (entry.override) return { ...when, type: 'override', override: entry.override }
  return entry.pause ? { ...when, type: 'pause', pause: entry.pause } : null
}
