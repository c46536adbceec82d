import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'

export const routes: RouteRecordRaw[] = [
  { path: '/me', component: () => import('./MeScreen.vue'), meta: { tab: 'me', title: () => t('me.title') } },
  { path: '/me/numbers', component: () => import('./NumbersScreen.vue'), meta: { tab: 'me', title: () => t('me.numbers') } },
  { path: '/me/outbox', component: () => import('./WorkScreen.vue'), meta: { tab: 'me', title: () => t('me.work') } },
  { path: '/me/outbox/:id', component: () => import('./PieceScreen.vue'), meta: { tab: 'me', title: () => t('me.piece') } },
  { path: '/me/devices', component: () => import('./DevicesScreen.vue'), meta: { tab: 'me', title: () => t('me.devices') } },
  { path: '/me/password', component: () => import('./PasswordScreen.vue'), meta: { tab: 'me', bare: true, title: () => t('me.password') } },
]
