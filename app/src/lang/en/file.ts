import type { Same } from '../types'
import type zh from '../zh/file'

export default {
  note: (rep, store) => `Rep ${rep} · ${store}`,
  number: 'Member number',
  phone: 'Phone',
  address: 'Address',
  since: 'In care since',
  lastContact: 'Last contact',
  lastPurchase: 'Last purchase',
  spent: 'In all',
  orders: (n, amount) => (n === 1 ? `1 order, ${amount}` : `${n} orders, ${amount}`),
  expected: 'Next purchase expected',
  taboos: 'Taboos',
  tags: 'Tags',
  due: day => `due ${day}`,
  overdue: day => `was due ${day}`,
} satisfies Same<typeof zh>
