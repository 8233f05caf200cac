import type { Component } from 'vue'
import { createRouter, createWebHashHistory, type RouteRecordRaw, type Router } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** Stands alone, without menu and top bar. */
    bare?: boolean
    /** What the not-yet page speaks of. */
    later?: LaterPage
    /** Kept alive as one screen while only its parameters change. */
    keepOnParams?: boolean
  }
}

export const laterPages = [
  'partner',
  'reports',
  'payments',
  'tickets',
  'users',
  'events',
  'keys',
  'sessions',
  'profile',
  'support',
] as const
export type LaterPage = (typeof laterPages)[number]

type Loaded = () => Promise<Component>
// The screens come and go with their features: a folder that has no such screen leads to the page that says so.
const screens = import.meta.glob<Component>('../features/*/*Screen.vue', { import: 'default' })
const screen = (path: string): Loaded =>
  screens[`../features/${path}.vue`] ?? (() => import('./LaterScreen.vue').then((m) => m.default as Component))

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'dashboard', component: screen('dashboard/DashboardScreen') },
  { path: '/alerts', name: 'alerts', component: screen('alerts/AlertsScreen') },
  { path: '/clients', name: 'clients', component: screen('clients/ClientsScreen') },
  { path: '/clients/:connectionId/:id', name: 'client', component: screen('client-card/ClientCardScreen'), props: true },
  { path: '/clients/:connectionId/:id/projects', name: 'client-projects', component: screen('projects/ClientProjectsScreen'), props: true },
  { path: '/contracts', name: 'contracts', component: screen('contracts/ContractsScreen') },
  { path: '/contracts/:connectionId/:id', name: 'contract', component: screen('contracts/ContractScreen'), props: true },
  { path: '/plans', name: 'plans', component: screen('tariff-plans/PlansScreen') },
  { path: '/plans/:connectionId/:id', name: 'plan', component: screen('tariff-plans/PlanScreen'), props: true },
  { path: '/outbox', name: 'outbox', component: screen('outbox/OutboxScreen') },
  { path: '/sync', name: 'sync', component: screen('sync/SyncScreen') },
  { path: '/settings', name: 'settings', component: screen('settings/SettingsScreen') },
  { path: '/connect', name: 'connect', component: screen('connect/ConnectScreen'), meta: { bare: true } },
  ...laterPages.map((later): RouteRecordRaw => ({
    path: `/${later}`,
    name: later,
    component: () => import('./LaterScreen.vue'),
    meta: { later },
  })),
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./NotFoundScreen.vue') },
]

/** Until there is a connection, every address leads to the welcome screen. */
export const makeRouter = (hasConnection: () => boolean): Router => {
  const router = createRouter({ history: createWebHashHistory(), routes })
  router.beforeEach((to) => (hasConnection() || to.name === 'connect' || to.name === 'settings' ? true : { name: 'connect' }))
  return router
}
