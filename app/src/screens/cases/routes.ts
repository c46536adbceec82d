import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'
import { deskScreen } from '@/shell/deskScreen'
import { LEADERS } from '@/shell/tabs'

const meta = { tab: 'cases', roles: LEADERS } as const

export const routes: RouteRecordRaw[] = [
  { path: '/cases', component: deskScreen(() => import('./CasesScreen.vue')), meta: { ...meta, title: () => t('shell.cases') } },
  { path: '/cases/:id', component: deskScreen(() => import('./CaseScreen.vue')), meta: { ...meta, title: () => t('cases.case') } },
]
