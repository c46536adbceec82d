import type { Same } from '../types'
import type zh from '../zh/kitDesk'

export default {
  loading: 'Loading',
  offline: 'This needs a connection',
  offlineNote: 'What is here is on the server only, and comes back by itself once you are connected. Your own day and plan go on.',
  offlineOld: 'No connection: this is what was seen last',
  toToday: 'To my day',
  again: 'Try again',
  more: 'Show more',
  all: 'All',
  choose: what => `Choose: ${what}`,
  chooseAll: 'Choose all',
  sortBy: what => `Sort by “${what}”`,
  ascending: 'ascending',
  descending: 'descending',
  chosen: n => `${n} chosen`,
  filters: 'Filters',
  clearFilters: 'Clear filters',
  done: 'Done',
  failed: why => `It did not work: ${why}`,
} satisfies Same<typeof zh>
