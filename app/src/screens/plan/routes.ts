import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'

export const routes: RouteRecordRaw[] = [
  { path: '/plan', name: 'plan', component: () => import('./PlanScreen.vue'), meta: { tab: 'plan', title: () => t('plan.title') } },
]
