import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron'
import type { TrayState } from '@shared/ipc/host-protocol'
import type { Texts } from '../texts'
import { trayMenu, type TrayActions } from './tray-menu'

interface Setup {
  make: (image: NativeImage) => Tray
  menuOf: (template: MenuItemConstructorOptions[]) => Menu
  images: { calm: NativeImage; due: NativeImage }
  texts: () => Texts
  isLocked: () => boolean
  actions: TrayActions
}

const nothing: TrayState = { due: 0, top: [], waiting: 0, online: true }

/** The icon in the notification area: how many alerts are due, the nearest ones, and the way back into the window. */
export class TrayIcon {
  private readonly setup: Setup
  private readonly tray: Tray
  private state: TrayState = nothing
  private showsDue = false

  constructor(setup: Setup) {
    this.setup = setup
    this.tray = setup.make(setup.images.calm)
    this.tray.on('click', () => setup.actions.goTo(null))
    this.refresh()
  }
  update(state: TrayState): void {
    this.state = state
    this.refresh()
  }
  /** Draws it again: the language or the lock changed. */
  refresh(): void {
    const { setup, state } = this
    const texts = setup.texts()
    this.tray.setToolTip(texts.due(state.due))
    this.tray.setContextMenu(setup.menuOf(trayMenu({ state, texts, locked: setup.isLocked(), actions: setup.actions })))
    if (this.showsDue === state.due > 0) return
    this.showsDue = state.due > 0
    this.tray.setImage(this.showsDue ? setup.images.due : setup.images.calm)
  }
  destroy(): void {
    this.tray.destroy()
  }
}
