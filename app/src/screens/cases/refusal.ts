import type { ActName, EngineError } from '@/engine/contract'
import { t, type Key } from '@/lang'

type Words = Partial<Record<'CONFLICT' | 'INVALID' | 'NOT_FOUND', Key>> & { REFUSED?: Record<string, Key> }

const unwanted: Record<string, Key> = { D19: 'cases.no_unwanted' }
const over = { CONFLICT: 'cases.no_over', NOT_FOUND: 'cases.no_gone' } as const

/** What the server's no means, by what was tried; rules by their number. */
const words = {
  AskJoint: { NOT_FOUND: 'cases.no_companion', REFUSED: { D7: 'cases.no_dayOff', ...unwanted } },
  AnswerJoint: { CONFLICT: 'cases.no_answered', NOT_FOUND: 'cases.no_request', REFUSED: { D7: 'cases.no_past', ...unwanted } },
  CancelJoint: { CONFLICT: 'cases.no_answered', NOT_FOUND: 'cases.no_request' },
  GiveCase: { CONFLICT: 'cases.no_over', NOT_FOUND: 'cases.no_owner' },
  CloseCase: { ...over, REFUSED: { D7: 'cases.no_giveUp' } },
  CompleteCaseStep: { ...over, REFUSED: { D7: 'cases.no_turn' } },
  OpenCase: { NOT_FOUND: 'cases.no_gone', REFUSED: { D7: 'cases.no_twice' } },
  PlanContact: { INVALID: 'cases.no_over', NOT_FOUND: 'cases.no_gone', REFUSED: unwanted },
  RescheduleItem: { CONFLICT: 'cases.no_moved', NOT_FOUND: 'cases.no_moved', REFUSED: unwanted },
} satisfies Partial<Record<ActName, Words>>

const saying = (of: Words) => ({ code, rule, field }: EngineError): string => {
  if (code === 'INVALID' && field !== 'caseId') return ''
  const found = code === 'REFUSED' ? of.REFUSED?.[rule ?? ''] : of[code as Exclude<keyof Words, 'REFUSED'>]
  return found ? t(found) : ''
}

/** Words for what is refused on cases and requests; empty where the code says enough. */
export const refusal = Object.fromEntries(Object.entries(words).map(([name, of]) => [name, saying(of)])) as
  Record<keyof typeof words, (failure: EngineError) => string>
