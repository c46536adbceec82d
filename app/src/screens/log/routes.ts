import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'

const screen = () => import('./LogScreen.vue')
const meta = { bare: true, title: () => t('log.title') }

export const routes: RouteRecordRaw[] = [
  { path: '/log/new', component: screen, meta },
  { path: '/log/draft/:key', component: screen, meta },
  { path: '/log/mend/:work', component: screen, meta: { ...meta, title: () => t('log.titleMend') } },
]
