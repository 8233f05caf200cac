import alerts from './ru/alerts.json'
import app from './ru/app.json'
import common from './ru/common.json'
import dashboard from './ru/dashboard.json'
import errors from './ru/errors.json'
import menu from './ru/menu.json'
import palette from './ru/palette.json'
import shortcuts from './ru/shortcuts.json'
import states from './ru/states.json'
import sync from './ru/sync.json'
import ui from './ru/ui.json'
import units from './ru/units.json'

/** What the window and the dashboard say: read at every start. One file per namespace; Russian is where the types come from. */
export const ru = {
  alerts,
  app,
  common,
  dashboard,
  errors,
  menu,
  palette,
  shortcuts,
  states,
  sync,
  ui,
  units,
}
