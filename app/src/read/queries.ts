import { account, item } from './account'
import { accounts } from './accounts'
import type { Book, Readers } from './book'
import { day } from './day'
import { numbers } from './numbers'
import { order } from './order'
import { overlay } from './overlay'
import { weeks } from './weeks'

/** What screens read from the phone alone. */
export const queries: Readers = { day, order, item, account, accounts, weeks, numbers }

/** What all screens share, with the days off asked for on this phone. */
export const world = async (book: Book) => (await overlay(book)).world()

export { account, accounts, day, item, numbers, order, weeks }
