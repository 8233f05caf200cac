import type { ru } from './ru'
import alerts from './en/alerts.json'
import app from './en/app.json'
import client from './en/client.json'
import clients from './en/clients.json'
import common from './en/common.json'
import connect from './en/connect.json'
import contracts from './en/contracts.json'
import dashboard from './en/dashboard.json'
import errors from './en/errors.json'
import menu from './en/menu.json'
import notes from './en/notes.json'
import outbox from './en/outbox.json'
import palette from './en/palette.json'
import plans from './en/plans.json'
import settings from './en/settings.json'
import shortcuts from './en/shortcuts.json'
import states from './en/states.json'
import sync from './en/sync.json'
import ui from './en/ui.json'
import units from './en/units.json'
import unlock from './en/unlock.json'

/** English must have every key that Russian has: anything missing does not compile. */
export const en: typeof ru = {
  alerts,
  app,
  client,
  clients,
  common,
  connect,
  contracts,
  dashboard,
  errors,
  menu,
  notes,
  outbox,
  palette,
  plans,
  settings,
  shortcuts,
  states,
  sync,
  ui,
  units,
  unlock,
}
