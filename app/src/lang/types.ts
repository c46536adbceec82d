import type zhCodes from './zh/codes'
import type { words as zhWords } from './zh'

/** The same keys as Chinese has; texts stay texts, and functions take the same arguments. */
export type Same<T> = {
  [K in keyof T]: T[K] extends (...args: infer P) => string ? (...args: P) => string : string
}

export type Words = { [A in keyof typeof zhWords]: Same<(typeof zhWords)[A]> }
export type Codes = { [T in keyof typeof zhCodes]: Same<(typeof zhCodes)[T]> }
