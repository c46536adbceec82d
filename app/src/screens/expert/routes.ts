import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'
import { deskScreen } from '@/shell/deskScreen'

export const routes: RouteRecordRaw[] = [
  { path: '/requests', component: deskScreen(() => import('./RequestsScreen.vue')), meta: { tab: 'requests', title: () => t('shell.requests') } },
]
