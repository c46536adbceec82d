import { t } from '@/lang'

/** The lines of a checklist the product knows; a company may have codes of its own. */
export const OBJECTIVES = [
  'THANK', 'PREVENT_RETURN', 'GUIDE_USE', 'AGREE_CHECKUP', 'CHECK_USE', 'RECORD_EFFECT', 'GUIDE_NO_EFFECT', 'FURTHER_PLAN', 'SPOT_CORE',
  'DEEPEN_BOND', 'PREPARE_REFERRAL', 'INVITE_EVENT', 'COMPARE_EFFECT', 'DISPEL_DOUBTS', 'RECORD_FILE', 'GROW_DEVOTED', 'MONTH_EFFECT',
  'ENCOURAGE', 'AGREE_TESTIMONIAL', 'GROUND_REFERRAL', 'HEAR_REASON', 'APOLOGISE', 'AGREE_REMEDY', 'RECORD_SYMPTOMS', 'EXPERT_ADVICE',
] as const

const known = new Set<string>(OBJECTIVES)
export const objectiveWord = (code: string): string =>
  (known.has(code) ? t(`policy.objective_${code as (typeof OBJECTIVES)[number]}`) : code)
