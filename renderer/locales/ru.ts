import alerts from './ru/alerts.json'
import app from './ru/app.json'
import client from './ru/client.json'
import clients from './ru/clients.json'
import common from './ru/common.json'
import connect from './ru/connect.json'
import contracts from './ru/contracts.json'
import dashboard from './ru/dashboard.json'
import errors from './ru/errors.json'
import menu from './ru/menu.json'
import notes from './ru/notes.json'
import outbox from './ru/outbox.json'
import palette from './ru/palette.json'
import plans from './ru/plans.json'
import settings from './ru/settings.json'
import shortcuts from './ru/shortcuts.json'
import states from './ru/states.json'
import sync from './ru/sync.json'
import ui from './ru/ui.json'
import units from './ru/units.json'
import unlock from './ru/unlock.json'

/** One file per namespace; Russian is where the types come from. */
export const ru = {
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
