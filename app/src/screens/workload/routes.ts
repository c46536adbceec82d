import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'
import { deskScreen } from '@/shell/deskScreen'
import { LEADERS } from '@/shell/tabs'

export const routes: RouteRecordRaw[] = [
  { path: '/workload', component: deskScreen(() => import('./WorkloadScreen.vue')), meta: { tab: 'workload', title: () => t('shell.workload'), roles: LEADERS } },
]
