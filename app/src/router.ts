import { createRouter, createWebHistory } from 'vue-router'
import { routes as account } from '@/screens/account/routes'
import { routes as accounts } from '@/screens/accounts/routes'
import { routes as log } from '@/screens/log/routes'
import { routes as me } from '@/screens/me/routes'
import { routes as plan } from '@/screens/plan/routes'
import { routes as signin } from '@/screens/signin/routes'
import { routes as team } from '@/screens/team/routes'
import { routes as today } from '@/screens/today/routes'

declare module 'vue-router' {
  interface RouteMeta {
    /** The words of the document's title. */
    title?: () => string
    /** The tab that is lit. */
    tab?: 'today' | 'plan' | 'accounts' | 'team' | 'me'
    /** Reachable without being signed in. */
    open?: boolean
    /** Without the tab bar, such as forms and a customer's page on a phone. */
    bare?: boolean
  }
}

export const makeRouter = () =>
  createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', redirect: '/today' },
      ...signin, ...today, ...plan, ...accounts, ...account, ...log, ...me, ...team,
    ],
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
