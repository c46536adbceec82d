import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'
import { deskScreen } from '@/shell/deskScreen'

export const routes: RouteRecordRaw[] = [
  { path: '/policy', component: deskScreen(() => import('./PolicyScreen.vue')), meta: { tab: 'policy', title: () => t('shell.policy'), roles: ['MANAGER'] } },
]
