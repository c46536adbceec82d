import type { Day, ItemCard } from '@/engine/contract'

export type SheetName = 'menu' | 'move' | 'cancel' | 'why' | 'map'

/** The sheet that is open, about which contact; `to` is a day already chosen for a move. */
export type Open = { sheet: SheetName; card: ItemCard; to?: Day }
