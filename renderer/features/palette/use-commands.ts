import { useConnections } from '@renderer/api/connections'
import { usePreferences } from '@renderer/api/preferences'
import { notePath } from '@renderer/api/record-paths'
import { useSync } from '@renderer/api/sync'
import { useText, type TextKey } from '@renderer/locales'
import { useUi } from '@renderer/ui/context'
import type { FoundRow } from '@shared/ipc/search'
import { useRouter } from 'vue-router'
import type { PaletteItem } from './types'

const SCREENS: readonly { to: string; label: TextKey; icon: string; keys?: string[]; under?: TextKey }[] = [
  { to: '/', label: 'menu.administration', icon: 'i-lucide-layout-dashboard', keys: ['G', 'D'] },
  { to: '/alerts', label: 'menu.alerts', icon: 'i-lucide-bell', keys: ['G', 'A'] },
  { to: '/clients', label: 'menu.clients', icon: 'i-lucide-building-2', keys: ['G', 'C'] },
  { to: '/contracts', label: 'menu.contracts', icon: 'i-lucide-file-text', keys: ['G', 'K'] },
  { to: '/plans', label: 'menu.plans', icon: 'i-lucide-tags', keys: ['G', 'P'] },
  { to: '/outbox', label: 'menu.outbox', icon: 'i-lucide-send', keys: ['G', 'O'] },
  { to: '/sync', label: 'menu.sync', icon: 'i-lucide-refresh-cw', keys: ['G', 'S'] },
  { to: '/how-we-count', label: 'dashboard.howTitle', icon: 'i-lucide-circle-help' },
  { to: '/settings', label: 'menu.program', icon: 'i-lucide-settings', keys: ['mod', ','] },
  { to: '/partner', label: 'menu.partnerSettings', icon: 'i-lucide-sliders-horizontal' },
  { to: '/reports', label: 'menu.reports', icon: 'i-lucide-file-spreadsheet', under: 'menu.administration' },
  { to: '/payments', label: 'menu.payments', icon: 'i-lucide-credit-card', under: 'menu.administration' },
  { to: '/tickets', label: 'menu.tickets', icon: 'i-lucide-life-buoy', under: 'menu.administration' },
  { to: '/users', label: 'menu.users', icon: 'i-lucide-users', under: 'menu.administration' },
  { to: '/events', label: 'menu.events', icon: 'i-lucide-list', under: 'menu.settings' },
  { to: '/keys', label: 'menu.keys', icon: 'i-lucide-key-round', under: 'menu.settings' },
  { to: '/sessions', label: 'menu.sessions', icon: 'i-lucide-monitor-smartphone', under: 'menu.settings' },
  { to: '/profile', label: 'menu.profile', icon: 'i-lucide-user' },
  { to: '/support', label: 'menu.support', icon: 'i-lucide-life-buoy' },
]

/** The screens and what can be done, for the palette: the same reasons as everywhere where something is off. */
export const useCommands = (done: { shortcuts: () => void }) => {
  const t = useText()
  const ui = useUi()
  const router = useRouter()
  const preferences = usePreferences()
  const connections = useConnections()
  const sync = useSync()

  const screens = (): PaletteItem[] =>
    SCREENS.map(({ to, label, icon, keys, under }) => ({
      key: to,
      icon,
      label: t(label),
      hint: under ? t(under) : '',
      ...(keys ? { keys } : {}),
      run: () => void router.push(to),
    }))
  const forClient = (client: FoundRow | undefined): PaletteItem[] => {
    if (!client) return []
    const note: PaletteItem = {
      key: 'note',
      icon: 'i-lucide-message-square-plus',
      label: t('palette.action.note'),
      hint: client.title,
      keys: ['N'],
      run: () => void router.push(notePath(client, 'new')),
    }
    return [note, { ...later('correction', 'i-lucide-wallet', t('palette.action.correction')), hint: client.title }]
  }
  const later = (key: string, icon: string, label: string): PaletteItem => ({
    key,
    icon,
    label,
    hint: '',
    reason: t('palette.reason.later'),
    run: () => undefined,
  })
  const syncReason = (): { reason?: string } => {
    if (connections.current?.state === 'token-rejected') return { reason: t('palette.reason.token') }
    return sync.status?.phase === 'running' ? { reason: t('palette.reason.running') } : {}
  }
  const act = (key: string, icon: string, label: TextKey, run: () => void): PaletteItem => ({ key, icon, label: t(label), hint: '', run })
  const looks = (): PaletteItem[] => {
    const { set, value } = preferences
    const dark = ui.theme.value === 'dark'
    const russian = value.language === 'ru'
    const compact = value.density === 'compact'
    return [
      act(
        'theme',
        dark ? 'i-lucide-sun' : 'i-lucide-moon',
        dark ? 'palette.action.light' : 'palette.action.dark',
        () => void set({ theme: dark ? 'light' : 'dark' }),
      ),
      act(
        'language',
        'i-lucide-languages',
        russian ? 'palette.action.english' : 'palette.action.russian',
        () => void set({ language: russian ? 'en' : 'ru' }),
      ),
      act(
        'density',
        'i-lucide-rows-3',
        compact ? 'palette.action.comfortable' : 'palette.action.compact',
        () => void set({ density: compact ? 'comfortable' : 'compact' }),
      ),
      act(
        'fold',
        'i-lucide-panel-left-close',
        value.menuFolded ? 'palette.action.unfold' : 'palette.action.fold',
        () => void set({ menuFolded: !value.menuFolded }),
      ),
    ]
  }
  const actions = (client: FoundRow | undefined): PaletteItem[] => [
    ...forClient(client),
    { ...act('sync', 'i-lucide-refresh-cw', 'palette.action.sync', () => void sync.now(connections.currentId)), ...syncReason() },
    later('add-client', 'i-lucide-plus', t('palette.action.addClient')),
    ...looks(),
    act('connect', 'i-lucide-plug', 'palette.action.connect', () => void router.push('/connect')),
    { ...act('shortcuts', 'i-lucide-keyboard', 'palette.action.shortcuts', done.shortcuts), keys: ['F1'] },
  ]
  return { screens, actions }
}
