import type { StandinApp } from './app.ts'
import type { StandinWindow } from './browser-window.ts'
import type { StandinPowerMonitor } from './desktop.ts'
import type { StandinDialog } from './dialog.ts'
import type { Action } from './endpoint.ts'
import { preventable } from './loud.ts'
import type { StandinMenu, StandinMenuItem } from './menu.ts'
import type { ShownNotifications } from './notification.ts'
import type { Trays } from './tray.ts'

interface Reach {
  app: StandinApp
  windows: Set<StandinWindow>
  notifications: ShownNotifications
  trays: Trays
  applicationMenu: () => StandinMenu | null
  dialog: StandinDialog
  power: StandinPowerMonitor
}

const powerEvents = ['suspend', 'resume', 'lock-screen', 'unlock-screen', 'shutdown', 'on-ac', 'on-battery']

/** What the endpoint can do, by name. */
export const endpointActions = ({ app, windows, notifications, trays, applicationMenu, dialog, power }: Reach): Record<string, Action> => {
  const tray = () => need([...trays.open].at(-1), 'a tray')
  const windowOf = (input: Record<string, unknown>) =>
    need(
      [...windows].find((one) => input['id'] === undefined || one.id === input['id']),
      'a window',
    )
  const click = (item: StandinMenuItem) => {
    if (!item.enabled) throw new Error(`${item.label} is disabled`)
    if (item.role === 'quit') app.quit()
    else if (item.role === 'close') [...windows].at(-1)?.close()
    else item.click()
  }
  return {
    'notification/click': ({ id }) => void need(notifications.click(typeof id === 'number' ? id : null) || undefined, 'a notification'),
    'tray/click': () => tray().clicked(),
    'tray/menu': ({ item }) => click(need(tray().menu?.find(String(item)), `the tray's item ${String(item)}`)),
    menu: ({ item }) => click(need(applicationMenu()?.find(String(item)), `the menu's item ${String(item)}`)),
    'menu/read': () => ({ application: applicationMenu()?.describe() ?? [], tray: [...trays.open].at(-1)?.menu?.describe() ?? null }),
    'dialog/answer': (input) => dialog.answer(input),
    power: ({ event }) => {
      if (!powerEvents.includes(String(event))) throw new Error(`power events are ${powerEvents.join(', ')}`)
      power.emit(String(event), preventable({}))
    },
    'power/idle': ({ seconds }) => power.beIdle(Number(seconds)),
    windows: () => ({ windows: [...windows].map((one) => one.describe()) }),
    'window/close': (input) => windowOf(input).close(),
    'window/bounds': (input) => windowOf({}).setBounds(input),
    'second-instance': ({ argv, cwd }) => void app.emit('second-instance', preventable({}), argv, cwd, null),
    quit: () => void setImmediate(() => app.quit()),
  }
}

const need = <T>(value: T | null | undefined, what: string): T => {
  if (value === null || value === undefined) throw new Error(`there is no ${what}`)
  return value
}
