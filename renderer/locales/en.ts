import alerts from './en/alerts.json'
import app from './en/app.json'
import common from './en/common.json'
import dashboard from './en/dashboard.json'
import errors from './en/errors.json'
import menu from './en/menu.json'
import palette from './en/palette.json'
import shortcuts from './en/shortcuts.json'
import states from './en/states.json'
import sync from './en/sync.json'
import ui from './en/ui.json'
import units from './en/units.json'
import type { ru } from './ru'

/** English must have every key that Russian has: anything missing does not compile. */
export const en: typeof ru = {
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
