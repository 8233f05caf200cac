import { createRouter, createWebHashHistory, type RouteRecordRaw, type Router } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** Stands alone, without menu and top bar. */
    bare?: boolean
    /** What the not-yet page speaks of. */
    later?: LaterPage
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

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'dashboard', component: () => import('@renderer/features/dashboard/DashboardScreen.vue') },
  { path: '/how-we-count', name: 'how-we-count', component: () => import('@renderer/features/dashboard/HowScreen.vue') },
  { path: '/alerts', name: 'alerts', component: () => import('@renderer/features/alerts/AlertsScreen.vue') },
  { path: '/clients', name: 'clients', component: () => import('@renderer/features/clients/ClientsScreen.vue') },
  {
    path: '/clients/:connectionId/:id',
    name: 'client',
    component: () => import('@renderer/features/client-card/ClientCardScreen.vue'),
    props: true,
  },
  {
    path: '/clients/:connectionId/:id/projects',
    name: 'client-projects',
    component: () => import('@renderer/features/projects/ClientProjectsScreen.vue'),
    props: true,
  },
  {
    path: '/unattached/:connectionId',
    name: 'unattached',
    component: () => import('@renderer/features/projects/ClientProjectsScreen.vue'),
    props: true,
  },
  { path: '/contracts', name: 'contracts', component: () => import('@renderer/features/contracts/ContractsScreen.vue') },
  {
    path: '/contracts/:connectionId/:id',
    name: 'contract',
    component: () => import('@renderer/features/contracts/ContractScreen.vue'),
    props: true,
  },
  { path: '/plans', name: 'plans', component: () => import('@renderer/features/tariff-plans/PlansScreen.vue') },
  {
    path: '/plans/:connectionId/:id',
    name: 'plan',
    component: () => import('@renderer/features/tariff-plans/PlanScreen.vue'),
    props: true,
  },
  { path: '/outbox', name: 'outbox', component: () => import('@renderer/features/outbox/OutboxScreen.vue') },
  { path: '/sync', name: 'sync', component: () => import('@renderer/features/sync/SyncScreen.vue') },
  { path: '/settings', name: 'settings', component: () => import('@renderer/features/settings/SettingsScreen.vue') },
  {
    path: '/settings/connections/:id',
    name: 'connection-settings',
    component: () => import('@renderer/features/connection-settings/ConnectionSettingsScreen.vue'),
    props: true,
  },
  { path: '/connect', name: 'connect', component: () => import('@renderer/features/connect/ConnectScreen.vue'), meta: { bare: true } },
  ...laterPages.map((later): RouteRecordRaw => ({
    path: `/${later}`,
    name: later,
    component: () => import('./LaterScreen.vue'),
    meta: { later },
  })),
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./NotFoundScreen.vue') },
]

export const firstAddress = (): string => location.hash.slice(1) || '/'

/** Begins to load the code of the screen that the window will open with. */
export const loadFirstScreen = (router: Router): void => {
  for (const { components } of router.resolve(firstAddress()).matched)
    for (const component of Object.values(components ?? {}))
      if (typeof component === 'function') void (component as () => Promise<unknown>)()
}

/** Until there is a connection, every address leads to the welcome screen. */
export const makeRouter = ({ hasConnection, loadTexts }: { hasConnection: () => boolean; loadTexts: () => Promise<void> }): Router => {
  const router = createRouter({ history: createWebHashHistory(), routes })
  router.beforeEach((to) => (hasConnection() || to.name === 'connect' || to.name === 'settings' ? true : { name: 'connect' }))
  router.beforeResolve(async (to) => {
    if (to.name !== 'dashboard') await loadTexts()
  })
  return router
}
