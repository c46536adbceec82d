import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/lang'
import { deskScreen } from '@/shell/deskScreen'
import { LEADERS } from '@/shell/tabs'

const meta = (title: () => string, bare = false) => ({ tab: 'moves' as const, roles: LEADERS, title, bare })

export const routes: RouteRecordRaw[] = [
  { path: '/moves', component: deskScreen(() => import('./MovesScreen.vue')), meta: meta(() => t('shell.moves')) },
  { path: '/moves/new', component: deskScreen(() => import('./NewMoveScreen.vue')), meta: meta(() => t('moves.newTitle'), true) },
  { path: '/moves/:id', component: deskScreen(() => import('./MoveScreen.vue')), meta: meta(() => t('moves.one'), true) },
  { path: '/balance', component: deskScreen(() => import('./BalanceScreen.vue')), meta: meta(() => t('moves.balanceTitle')) },
  { path: '/map', component: deskScreen(() => import('../map/MapScreen.vue')), meta: meta(() => t('map.title')) },
  { path: '/covers', component: deskScreen(() => import('../covers/CoversScreen.vue')), meta: meta(() => t('covers.title')) },
  { path: '/covers/new', component: deskScreen(() => import('../covers/NewCoverScreen.vue')), meta: meta(() => t('covers.newTitle'), true) },
]
