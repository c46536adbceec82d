import type zhCodes from './zh/codes'
import type { words as zhDesk } from './zh/desk'
import type zhDeskCodes from './zh/deskCodes'
import type { words as zhWords } from './zh'

/** The same keys as Chinese has; texts stay texts, and functions take the same arguments. */
export type Same<T> = {
  [K in keyof T]: T[K] extends (...args: infer P) => string ? (...args: P) => string : string
}

type AllWords = typeof zhWords & typeof zhDesk
type AllCodes = typeof zhCodes & typeof zhDeskCodes

export type Words = { [A in keyof AllWords]: Same<AllWords[A]> }
export type Codes = { [T in keyof AllCodes]: Same<AllCodes[T]> }

/** What every screen has, and what only desks have. */
export type OwnPack = { words: Pick<Words, keyof typeof zhWords>; codes: Pick<Codes, keyof typeof zhCodes> }
export type DeskPack = { words: Pick<Words, keyof typeof zhDesk>; codes: Pick<Codes, keyof typeof zhDeskCodes> }
