import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'
import { deskScreen } from '@/shell/deskScreen'
import { LEADERS } from '@/shell/tabs'

export const routes: RouteRecordRaw[] = [
  { path: '/forecast', component: deskScreen(() => import('./ForecastScreen.vue')), meta: { tab: 'forecast', title: () => t('shell.forecast'), roles: LEADERS } },
]
