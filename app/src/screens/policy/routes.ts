import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'
import { deskScreen } from '@/shell/deskScreen'

const meta = { tab: 'policy' as const, title: () => t('shell.policy'), roles: ['MANAGER'] as const }

export const routes: RouteRecordRaw[] = [
  { path: '/policy', component: deskScreen(() => import('./PolicyScreen.vue')), meta },
  { path: '/policy/edit', component: deskScreen(() => import('./EditScreen.vue')), meta },
]
