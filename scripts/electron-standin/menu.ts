import type { MenuItemConstructorOptions } from 'electron'

type Template = (MenuItemConstructorOptions | StandinMenuItem)[]

export class StandinMenuItem {
  readonly id: string | undefined
  readonly label: string
  readonly role: string | undefined
  readonly type: string
  readonly enabled: boolean
  readonly visible: boolean
  readonly accelerator: string | undefined
  readonly submenu: StandinMenu | undefined
  private readonly clicked: MenuItemConstructorOptions['click']

  constructor(options: MenuItemConstructorOptions) {
    this.id = options.id
    this.role = options.role
    this.label = options.label ?? options.role ?? ''
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal')
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.accelerator = options.accelerator
    this.submenu = Array.isArray(options.submenu) ? StandinMenu.buildFromTemplate(options.submenu) : undefined
    this.clicked = options.click
  }
  click(): void {
    if (this.enabled) this.clicked?.(this as never, undefined, {})
  }
  describe(): Record<string, unknown> {
    const { id, label, role, type, enabled } = this
    return {
      ...(id ? { id } : {}),
      ...(role ? { role } : {}),
      label,
      type,
      enabled,
      ...(this.submenu ? { submenu: this.submenu.describe() } : {}),
    }
  }
}

export class StandinMenu {
  readonly items: StandinMenuItem[]
  private static applicationMenu: StandinMenu | null = null

  constructor(items: StandinMenuItem[] = []) {
    this.items = items
  }
  static buildFromTemplate(template: Template): StandinMenu {
    return new StandinMenu(template.map((item) => (item instanceof StandinMenuItem ? item : new StandinMenuItem(item))))
  }
  static setApplicationMenu(menu: StandinMenu | null): void {
    StandinMenu.applicationMenu = menu
  }
  static getApplicationMenu(): StandinMenu | null {
    return StandinMenu.applicationMenu
  }
  /** By id or by label, at any depth. */
  find(name: string): StandinMenuItem | null {
    for (const item of this.items) {
      if (item.id === name || item.label === name) return item
      const inside = item.submenu?.find(name)
      if (inside) return inside
    }
    return null
  }
  describe(): Record<string, unknown>[] {
    return this.items.filter((item) => item.visible).map((item) => item.describe())
  }
}
