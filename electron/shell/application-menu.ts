import type { MenuItemConstructorOptions } from 'electron'
import type { Texts } from './texts'

interface Actions {
  goTo: (address: string) => void
  syncNow: () => void
  openDataFolder: () => void
}
interface Setup {
  texts: Texts
  platform: string
  isPackaged: boolean
  actions: Actions
}

const separator: MenuItemConstructorOptions = { type: 'separator' }

const viewItems = ({ texts, isPackaged, actions }: Setup): MenuItemConstructorOptions[] => [
  { id: 'go-dashboard', label: texts.dashboard, click: () => actions.goTo('/') },
  { id: 'go-clients', label: texts.clients, click: () => actions.goTo('/clients') },
  { id: 'go-alerts', label: texts.alerts, click: () => actions.goTo('/alerts') },
  separator,
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  { role: 'resetZoom' },
  { role: 'togglefullscreen' },
  ...(isPackaged ? [] : [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const]),
]

/** The program's menu: the system's own roles, and the few things that a person looks for in one. */
export const applicationMenu = (setup: Setup): MenuItemConstructorOptions[] => {
  const { texts, platform, actions } = setup
  const settings: MenuItemConstructorOptions = {
    id: 'settings',
    label: texts.settings,
    accelerator: 'CommandOrControl+,',
    click: () => actions.goTo('/settings'),
  }
  const sync: MenuItemConstructorOptions = { id: 'sync', label: texts.syncNow, click: () => actions.syncNow() }
  const isMac = platform === 'darwin'
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: texts.file, submenu: [sync, settings, separator, isMac ? { role: 'close' } : { role: 'quit', label: texts.quit }] },
    {
      label: texts.edit,
      submenu: [{ role: 'undo' }, { role: 'redo' }, separator, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
    },
    { label: texts.view, submenu: viewItems(setup) },
    { label: texts.window, role: 'windowMenu' },
    { label: texts.help, submenu: [{ id: 'data-folder', label: texts.dataFolder, click: () => actions.openDataFolder() }] },
  ]
}
