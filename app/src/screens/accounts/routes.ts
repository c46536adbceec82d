import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'

export const routes: RouteRecordRaw[] = [
  { path: '/accounts', name: 'accounts', component: () => import('./AccountsScreen.vue'), meta: { tab: 'accounts', title: () => t('accounts.title') } },
]
