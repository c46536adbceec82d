import type { Day, Item } from '../engine/contract'

/** The one definition of overdue: due before today in the company's zone (story 2, cadence.Overdue). */
export const overdue = (due: Day, today: Day): boolean => due < today

/** Should still happen. */
export const isOpen = (item: Pick<Item, 'status'>): boolean => item.status === 'OPEN' || item.status === 'STARTED'

/** Stands in somebody's day: it should happen or it did. Cancelled and dropped ones do not. */
export const onPlan = (item: Pick<Item, 'status'>): boolean => isOpen(item) || item.status === 'DONE'

/** An item is overdue while it is open and its due day is over. What the server said when it sent it may be
 *  of yesterday. */
export const itemOverdue = (item: Pick<Item, 'status' | 'dueOn'>, today: Day): boolean =>
  isOpen(item) && overdue(item.dueOn, today)
