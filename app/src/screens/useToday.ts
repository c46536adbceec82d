import { computed, type ComputedRef } from 'vue'
import type { Day } from '@/engine/contract'
import { dayIn } from '@/rules/civil'
import { signedIn } from './session'

/** Which day it is in the company's zone, where no rows are needed to know it. */
export function useToday(): ComputedRef<Day> {
  return computed(() => dayIn(Date.now(), signedIn().zone))
}
