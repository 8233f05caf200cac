import type { MenuItemConstructorOptions } from 'electron'
import type { TrayState } from '@shared/ipc/host-protocol'
import { alertAddress, ALERTS_ADDRESS } from '../addresses'
import type { Texts } from '../texts'

export interface TrayActions {
  goTo: (address: string | null) => void
  syncNow: () => void
  quit: () => void
}

const LABEL_LENGTH = 60
const short = (text: string): string =>
  (text.length > LABEL_LENGTH ? `${text.slice(0, LABEL_LENGTH - 1)}…` : text).replace(/&/g, '&&').replace(/\s+/g, ' ')

const alertItems = (state: TrayState, texts: Texts, { goTo }: TrayActions): MenuItemConstructorOptions[] =>
  state.top.length === 0
    ? [{ id: 'no-alerts', label: texts.noAlerts, enabled: false }]
    : state.top.slice(0, 5).map((alert, index) => ({
        id: `alert-${index}`,
        label: `${alert.due ? '● ' : ''}${short(`${alert.clientName}: ${alert.text}`)}`,
        click: () => goTo(alertAddress(alert)),
      }))

/** What the tray offers. While the screen is locked it counts, and names nobody. */
export const trayMenu = (setup: {
  state: TrayState
  texts: Texts
  locked: boolean
  actions: TrayActions
}): MenuItemConstructorOptions[] => {
  const { state, texts, locked, actions } = setup
  return [
    { id: 'open', label: texts.open, click: () => actions.goTo(null) },
    { type: 'separator' },
    { id: 'alerts', label: `${texts.alerts}: ${state.due}`, click: () => actions.goTo(ALERTS_ADDRESS) },
    ...(locked ? [] : alertItems(state, texts, actions)),
    { type: 'separator' },
    ...(state.waiting > 0 ? [{ id: 'waiting', label: texts.waiting(state.waiting), click: () => actions.goTo('/outbox') }] : []),
    ...(state.online ? [] : [{ id: 'offline', label: texts.offline, enabled: false }]),
    { id: 'sync', label: texts.syncNow, click: () => actions.syncNow() },
    { type: 'separator' },
    { id: 'quit', label: texts.quit, click: () => actions.quit() },
  ]
}
