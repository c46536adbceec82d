import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'
import { deskScreen } from '@/shell/deskScreen'
import { LEADERS } from '@/shell/tabs'

const meta = { tab: 'workload' as const, title: () => t('shell.workload'), roles: LEADERS }

export const routes: RouteRecordRaw[] = [
  { path: '/workload', component: deskScreen(() => import('./WorkloadScreen.vue')), meta },
  { path: '/workload/rows', component: deskScreen(() => import('./RowsScreen.vue')), meta },
]
