import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'

export const routes: RouteRecordRaw[] = [
  { path: '/signin', component: () => import('./SignInScreen.vue'), meta: { open: true, title: () => t('signin.title') } },
]
