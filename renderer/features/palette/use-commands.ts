import { useConnections } from '@renderer/api/connections'
import { usePreferences } from '@renderer/api/preferences'
import { notePath } from '@renderer/api/record-paths'
import { useSync } from '@renderer/api/sync'
import { useText, type TextKey } from '@renderer/locales'
import { useUi } from '@renderer/ui/context'
import type { FoundRow } from '@shared/ipc/search'
import { useRouter } from 'vue-router'
import type { PaletteItem, PaletteScreen } from './types'

/** The screens and what can be done, for the palette: the same reasons as everywhere where something is off. */
export const useCommands = (done: { shortcuts: () => void; places: readonly PaletteScreen[] }) => {
  const t = useText()
  const ui = useUi()
  const router = useRouter()
  const preferences = usePreferences()
  const connections = useConnections()
  const sync = useSync()

  const screens = (): PaletteItem[] =>
    done.places.map(({ to, label, icon, keys, under }) => ({
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
