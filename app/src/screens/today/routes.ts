import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'

export const routes: RouteRecordRaw[] = [
  { path: '/today', name: 'today', component: () => import('./TodayScreen.vue'), meta: { tab: 'today', title: () => t('today.title') } },
]
