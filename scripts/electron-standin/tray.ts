import type { Journal } from './journal.ts'
import { loud, LoudEmitter, preventable } from './loud.ts'
import type { StandinMenu } from './menu.ts'

export class Trays {
  readonly journal: Journal
  readonly open = new Set<StandinTray>()

  constructor(journal: Journal) {
    this.journal = journal
  }
}

/** A tray icon that nobody sees: every change goes to the journal. */
export class StandinTray extends LoudEmitter {
  private readonly all: Trays
  private tooltip = ''
  menu: StandinMenu | null = null
  private destroyed = false

  constructor(all: Trays, _image: unknown) {
    super('Tray', ['click', 'double-click', 'right-click'])
    this.all = all
    const self = loud('Tray', this)
    all.open.add(self)
    return self
  }
  setToolTip(tooltip: string): void {
    if (tooltip !== this.tooltip) this.changed(() => (this.tooltip = tooltip))
  }
  setContextMenu(menu: StandinMenu | null): void {
    this.changed(() => (this.menu = menu))
  }
  setImage(_image: unknown): void {
    this.changed(() => undefined)
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  destroy(): void {
    this.destroyed = true
    this.all.open.clear()
    this.all.journal.write({ kind: 'tray', removed: true })
  }
  clicked(): void {
    this.emit('click', preventable({}), { x: 0, y: 0, width: 16, height: 16 }, { x: 0, y: 0 })
  }
  private changed(change: () => void): void {
    change()
    this.all.journal.write({ kind: 'tray', tooltip: this.tooltip, menu: this.menu?.describe() ?? [] })
  }
}
