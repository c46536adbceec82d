import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'

export const routes: RouteRecordRaw[] = [
  {
    path: '/account/:id',
    component: () => import('./AccountScreen.vue'),
    meta: { bare: true, tab: 'accounts', title: () => t('account.title') },
  },
]
