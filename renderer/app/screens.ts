import type { Dataset } from '@shared/domain/datasets'
import type { PaletteScreen } from '@renderer/features/palette/types'
import type { TextKey } from '@renderer/locales'
import type { RouteRecordRaw } from 'vue-router'

type Group = 'alerts' | 'administration' | 'settings'
/** A place of the window: the router, the menu, the palette and the keys are made of this list. */
interface Screen {
  name: string
  path: string
  load: () => Promise<unknown>
  /** What the menu and the palette call it; a card of a record has no name of its own. */
  label?: TextKey
  /** Where «Настройки» would say too little. */
  fullLabel?: TextKey
  icon?: string
  /** Its group in the menu; without it only the palette leads there. */
  group?: Group
  /** Which figure stands beside its word. */
  count?: 'alerts' | Dataset
  /** The letter after G, or the keys that the palette shows. */
  go?: string
  keys?: string[]
  /** Stands alone, without menu and top bar. */
  bare?: boolean
}
const later = () => import('./LaterScreen.vue')
const card = (name: string, path: string, load: Screen['load']): Screen => ({ name, path, load })

const screens: readonly Screen[] = [
  {
    ...{ name: 'dashboard', path: '/', label: 'menu.administration', icon: 'i-lucide-layout-dashboard', go: 'D' },
    load: () => import('@renderer/features/dashboard/DashboardScreen.vue'),
  },
  {
    ...{ name: 'alerts', path: '/alerts', label: 'menu.alerts', icon: 'i-lucide-bell', group: 'alerts', count: 'alerts', go: 'A' },
    load: () => import('@renderer/features/alerts/AlertsScreen.vue'),
  },
  {
    ...{ name: 'partner', path: '/partner', label: 'menu.partner', fullLabel: 'menu.partnerSettings', icon: 'i-lucide-sliders-horizontal' },
    ...{ group: 'administration', load: later },
  },
  {
    ...{ name: 'clients', path: '/clients', label: 'menu.clients', icon: 'i-lucide-building-2', group: 'administration', count: 'clients' },
    ...{ go: 'C', load: () => import('@renderer/features/clients/ClientsScreen.vue') },
  },
  {
    ...{ name: 'bulk-limits', path: '/limits/bulk', label: 'menu.bulkLimits', icon: 'i-lucide-gauge' },
    load: () => import('@renderer/features/bulk-limits/BulkLimitsScreen.vue'),
  },
  card('batch', '/batches/:id', () => import('@renderer/features/batches/BatchScreen.vue')),
  card('client', '/clients/:connectionId/:id', () => import('@renderer/features/client-card/ClientCardScreen.vue')),
  card('client-projects', '/clients/:connectionId/:id/projects', () => import('@renderer/features/projects/ClientProjectsScreen.vue')),
  card('unattached', '/unattached/:connectionId', () => import('@renderer/features/projects/ClientProjectsScreen.vue')),
  {
    ...{ name: 'contracts', path: '/contracts', label: 'menu.contracts', icon: 'i-lucide-file-text', group: 'administration' },
    ...{ count: 'contracts', go: 'K', load: () => import('@renderer/features/contracts/ContractsScreen.vue') },
  },
  card('contract', '/contracts/:connectionId/:id', () => import('@renderer/features/contracts/ContractScreen.vue')),
  { name: 'reports', path: '/reports', label: 'menu.reports', icon: 'i-lucide-file-spreadsheet', group: 'administration', load: later },
  {
    ...{
      name: 'plans',
      path: '/plans',
      label: 'menu.plans',
      icon: 'i-lucide-tags',
      group: 'administration',
      count: 'tariff_plans',
      go: 'P',
    },
    load: () => import('@renderer/features/tariff-plans/PlansScreen.vue'),
  },
  card('plan', '/plans/:connectionId/:id', () => import('@renderer/features/tariff-plans/PlanScreen.vue')),
  {
    ...{ name: 'payments', path: '/payments', label: 'menu.payments', icon: 'i-lucide-credit-card', group: 'administration' },
    ...{ count: 'payments', load: () => import('@renderer/features/payments/PaymentsScreen.vue') },
  },
  {
    ...{ name: 'tickets', path: '/tickets', label: 'menu.tickets', icon: 'i-lucide-life-buoy', group: 'administration' },
    ...{ count: 'tickets', load: () => import('@renderer/features/tickets/TicketsScreen.vue') },
  },
  {
    ...{ name: 'users', path: '/users', label: 'menu.users', icon: 'i-lucide-users', group: 'administration' },
    ...{ count: 'accounts', load: () => import('@renderer/features/users/UsersScreen.vue') },
  },
  {
    ...{ name: 'events', path: '/events', label: 'menu.events', icon: 'i-lucide-list', group: 'settings' },
    ...{ count: 'events', load: () => import('@renderer/features/events/EventsScreen.vue') },
  },
  { name: 'keys', path: '/keys', label: 'menu.keys', icon: 'i-lucide-key-round', group: 'settings', load: later },
  { name: 'sessions', path: '/sessions', label: 'menu.sessions', icon: 'i-lucide-monitor-smartphone', group: 'settings', load: later },
  {
    ...{ name: 'outbox', path: '/outbox', label: 'menu.outbox', icon: 'i-lucide-send', go: 'O' },
    load: () => import('@renderer/features/outbox/OutboxScreen.vue'),
  },
  {
    ...{ name: 'sync', path: '/sync', label: 'menu.sync', icon: 'i-lucide-refresh-cw', go: 'S' },
    load: () => import('@renderer/features/sync/SyncScreen.vue'),
  },
  {
    ...{ name: 'files', path: '/files', label: 'menu.files', icon: 'i-lucide-files' },
    load: () => import('@renderer/features/files/FilesScreen.vue'),
  },
  {
    ...{ name: 'how-we-count', path: '/how-we-count', label: 'dashboard.howTitle', icon: 'i-lucide-circle-help' },
    load: () => import('@renderer/features/dashboard/HowScreen.vue'),
  },
  {
    ...{ name: 'settings', path: '/settings', label: 'menu.program', icon: 'i-lucide-settings', keys: ['mod', ','] },
    load: () => import('@renderer/features/settings/SettingsScreen.vue'),
  },
  {
    ...{ name: 'connection-settings', path: '/settings/connections/:id' },
    load: () => import('@renderer/features/connection-settings/ConnectionSettingsScreen.vue'),
  },
  { name: 'profile', path: '/profile', label: 'menu.profile', icon: 'i-lucide-user', load: later },
  { name: 'support', path: '/support', label: 'menu.support', icon: 'i-lucide-life-buoy', load: later },
  { name: 'connect', path: '/connect', bare: true, load: () => import('@renderer/features/connect/ConnectScreen.vue') },
  { name: 'not-found', path: '/:rest(.*)*', load: () => import('./NotFoundScreen.vue') },
]

export const routes: RouteRecordRaw[] = screens.map(({ name, path, load, bare }) => ({
  name,
  path,
  component: load,
  props: path.includes('/:id') || path.includes('/:connectionId'),
  ...(bare ? { meta: { bare } } : {}),
}))

export interface MenuItem {
  label: TextKey
  icon: string
  to: string
  count?: Screen['count']
}
export interface MenuGroup {
  key: Group
  label?: TextKey
  icon?: string
  to?: string
  items: readonly MenuItem[]
}
const itemsOf = (group: Group): MenuItem[] =>
  screens.flatMap(({ group: own, label, icon, path, count }) =>
    own === group && label && icon ? [{ label, icon, to: path, ...(count ? { count } : {}) }] : [],
  )
/** The guide's own tree (docs of the panel, «Меню»). «Настройки» occurs twice: its group tells them apart. */
export const menu: readonly MenuGroup[] = [
  { key: 'alerts', items: itemsOf('alerts') },
  {
    ...{ key: 'administration', label: 'menu.administration', to: '/', icon: 'i-lucide-layout-dashboard' },
    items: itemsOf('administration'),
  },
  { key: 'settings', label: 'menu.settings', icon: 'i-lucide-settings', items: itemsOf('settings') },
]

const groupLabel: Record<Group, TextKey | null> = { alerts: null, administration: 'menu.administration', settings: 'menu.settings' }
/** For the palette: those with keys first, then as in the menu. A word that occurs twice goes with its group. */
export const paletteScreens: readonly PaletteScreen[] = screens
  .flatMap(({ label, fullLabel, icon, path, go, keys, group }) => {
    if (!label || !icon) return []
    const pressed = go ? ['G', go] : keys
    const under = !fullLabel && !pressed && group ? groupLabel[group] : null
    return [{ to: path, label: fullLabel ?? label, icon, ...(pressed ? { keys: pressed } : {}), ...(under ? { under } : {}) }]
  })
  .sort((a, b) => Number(b.keys !== undefined) - Number(a.keys !== undefined))

/** Where G and a letter lead, by the key's place on the keyboard. */
export const goKeys: Readonly<Record<string, string>> = Object.fromEntries(
  screens.flatMap(({ go, path }) => (go ? [[`Key${go}`, path]] : [])),
)
