import type { Move } from './list'
import type { Tone } from '@/kit/KTag.vue'
import { t } from '@/lang'

const TONES: Record<Move['status'], Tone> = { PLANNED: 'info', DONE: 'brand', UNDONE: 'warn', CANCELLED: 'plain' }

export const statusTone = (move: Move): Tone => TONES[move.status]
export const statusText = (move: Move): string => t(`moves.is${move.status}`)
export const namesOf = (people: readonly { name: string }[]): string => people.map(p => p.name).join(t('moves.comma'))
export const percent = (share: number): string => `${Math.round(share * 100)}%`
