import { ipcMain } from 'electron'
import { registerCalls, type Answer } from './registrar'

/** Opens the program's channels; the only place that touches Electron's own end of them. */
export const openChannels = (answer: () => Promise<Answer>): void => registerCalls(ipcMain, answer)
