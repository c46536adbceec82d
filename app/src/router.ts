import { nextTick, watchEffect } from 'vue'
import { createRouter, createWebHistory, type Router } from 'vue-router'
import type { Role } from '@/engine/graphql'
import { t } from '@/lang'
import { closeTopmost } from '@/kit/useTrap'
import { routes as account } from '@/screens/account/routes'
import { routes as accounts } from '@/screens/accounts/routes'
import { routes as cases } from '@/screens/cases/routes'
import { routes as expert } from '@/screens/expert/routes'
import { routes as forecast } from '@/screens/forecast/routes'
import { routes as inbox } from '@/screens/inbox/routes'
import { routes as log } from '@/screens/log/routes'
import { routes as me } from '@/screens/me/routes'
import { routes as moves } from '@/screens/moves/routes'
import { routes as plan } from '@/screens/plan/routes'
import { routes as policy } from '@/screens/policy/routes'
import { useSession } from '@/screens/session'
import { routes as signin } from '@/screens/signin/routes'
import { routes as team } from '@/screens/team/routes'
import { routes as today } from '@/screens/today/routes'
import { routes as workload } from '@/screens/workload/routes'
import { LEADERS, startOf, type TabName } from '@/shell/tabs'

declare module 'vue-router' {
  interface RouteMeta {
    /** The words of the document's title. */
    title?: () => string
    /** The tab that is lit. */
    tab?: TabName
    /** Only for these; others are led to their first page. */
    roles?: readonly Role[]
    /** Reachable without being signed in. */
    open?: boolean
    /** Without the tab bar on phones, and not to be disturbed: forms. */
    bare?: boolean
  }
}

const home = () => {
  const session = useSession().value
  return session.state === 'open' ? startOf(session.user.role) : '/signin'
}

export function makeRouter(): Router {
  const reached = closeBeforeLeaving()
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', redirect: home },
      ...signin, ...today, ...plan, ...accounts, ...account, ...log, ...me, ...team,
      ...inbox, ...workload, ...forecast, ...moves, ...cases, ...expert, ...policy,
      { path: '/more', component: () => import('@/shell/MoreScreen.vue'), meta: { title: () => t('shell.more'), tab: 'more', roles: LEADERS } },
      { path: '/:lost(.*)*', component: () => import('@/shell/LostScreen.vue'), meta: { title: () => t('shell.lost'), bare: true } },
    ],
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
  router.beforeEach(to => {
    const session = useSession().value
    const open = session.state === 'open'
    if (open && to.meta.roles && !to.meta.roles.includes(session.user.role)) return { path: startOf(session.user.role), replace: true }
    if (!open && !to.meta.open) return { path: '/signin', query: { to: to.fullPath }, replace: true }
    return open && to.path === '/signin' ? { path: wanted(to.query.to), replace: true } : true
  })
  router.afterEach(reached)
  watchEffect(() => {
    const { meta } = router.currentRoute.value
    document.title = [meta.title?.(), t('shell.app')].filter(Boolean).join(' · ')
  })
  router.afterEach((to, from) => {
    if (from.matched.length > 0 && to.path !== from.path) void focusHeading()
  })
  return router
}

/**
 * A phone's way back closes the sheet that is open, and only then leaves the screen: the router hears nothing of it, so this
 * must listen first. Answers what to call when a screen was reached.
 */
function closeBeforeLeaving(): () => void {
  const place = () => Number(history.state?.position ?? 0)
  let here = place()
  let returning = false
  window.addEventListener('popstate', event => {
    const moved = place() - here
    if (!returning && (moved === 0 || !closeTopmost())) return
    event.stopImmediatePropagation()
    if (!returning) history.go(-moved)
    returning = !returning
  })
  return () => { here = place() }
}

/** A path of this app that was asked for before the sign-in; nothing else. */
const wanted = (to: unknown): string =>
  typeof to === 'string' && to.startsWith('/') && !to.startsWith('//') ? to : '/'

/** So that the keyboard and a screen reader go on from the new screen's heading. */
async function focusHeading(): Promise<void> {
  await nextTick()
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
