import { BrowserWindow } from 'electron'

/** The least that a main process can be: a window, and nothing that leads to it. */
new BrowserWindow()
