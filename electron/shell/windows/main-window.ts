import { BrowserWindow } from 'electron'
import { SMALLEST, type WindowState } from './window-state'

/** In memory only: whatever a page would leave behind is personal, and belongs in the encrypted store. */
export const PAGE_PARTITION = 'console'

const paper = { light: '#faf9f7', dark: '#1c1a18' }

export const makeMainWindow = (setup: { preload: string; state: WindowState; title: string; dark: boolean }): BrowserWindow => {
  const window = new BrowserWindow({
    ...setup.state.bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: setup.title,
    backgroundColor: setup.dark ? paper.dark : paper.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload: setup.preload,
      partition: PAGE_PARTITION,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
    },
  })
  if (setup.state.maximized) window.maximize()
  return window
}
