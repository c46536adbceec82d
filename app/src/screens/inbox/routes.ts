import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'
import { deskScreen } from '@/shell/deskScreen'
import { LEADERS } from '@/shell/tabs'

export const routes: RouteRecordRaw[] = [
  { path: '/inbox', component: deskScreen(() => import('./InboxScreen.vue')), meta: { tab: 'inbox', title: () => t('shell.inbox'), roles: LEADERS } },
]
