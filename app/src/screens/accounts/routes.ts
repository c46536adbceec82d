import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'

export const routes: RouteRecordRaw[] = [
  {
    path: '/accounts',
    component: () => import('./AccountsScreen.vue'),
    meta: { tab: 'accounts', title: () => t('accounts.title') },
    children: [
      // At desks an account stands beside the list.
      { path: ':id', component: () => import('../account/AccountScreen.vue'), meta: { title: () => t('account.title') } },
    ],
  },
]
