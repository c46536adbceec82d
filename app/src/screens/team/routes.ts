import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'

export const routes: RouteRecordRaw[] = [
  { path: '/team', component: () => import('./TeamScreen.vue'), meta: { tab: 'team', title: () => t('team.title') } },
]
