import type { TextKey } from '@renderer/locales'

export interface MenuItem {
  label: TextKey
  icon: string
  to: string
  /** Which figure stands beside the word. */
  count?: 'alerts' | 'clients' | 'contracts' | 'tariff_plans'
}
export interface MenuGroup {
  key: string
  label?: TextKey
  icon?: string
  to?: string
  items: readonly MenuItem[]
}

/** The guide's own tree (docs of the panel, «Меню»). «Настройки» occurs twice: its group tells them apart. */
export const menu: readonly MenuGroup[] = [
  { key: 'alerts', items: [{ label: 'menu.alerts', icon: 'i-lucide-bell', to: '/alerts', count: 'alerts' }] },
  {
    key: 'administration',
    label: 'menu.administration',
    to: '/',
    icon: 'i-lucide-layout-dashboard',
    items: [
      { label: 'menu.partner', icon: 'i-lucide-sliders-horizontal', to: '/partner' },
      { label: 'menu.clients', icon: 'i-lucide-building-2', to: '/clients', count: 'clients' },
      { label: 'menu.contracts', icon: 'i-lucide-file-text', to: '/contracts', count: 'contracts' },
      { label: 'menu.reports', icon: 'i-lucide-file-spreadsheet', to: '/reports' },
      { label: 'menu.plans', icon: 'i-lucide-tags', to: '/plans', count: 'tariff_plans' },
      { label: 'menu.payments', icon: 'i-lucide-credit-card', to: '/payments' },
      { label: 'menu.tickets', icon: 'i-lucide-life-buoy', to: '/tickets' },
      { label: 'menu.users', icon: 'i-lucide-users', to: '/users' },
    ],
  },
  {
    key: 'settings',
    label: 'menu.settings',
    icon: 'i-lucide-settings',
    items: [
      { label: 'menu.events', icon: 'i-lucide-list', to: '/events' },
      { label: 'menu.keys', icon: 'i-lucide-key-round', to: '/keys' },
      { label: 'menu.sessions', icon: 'i-lucide-monitor-smartphone', to: '/sessions' },
    ],
  },
]
