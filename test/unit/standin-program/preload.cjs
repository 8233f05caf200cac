const { contextBridge, ipcRenderer } = require('electron')

globalThis.onlyInPreload = 'not visible to the page'
const attempt = (work) => {
  try {
    return String(work())
  } catch (error) {
    return error.message
  }
}
contextBridge.exposeInMainWorld('api', {
  add: (a, b) => a + b,
  nested: { deep: { ask: (value) => ipcRenderer.invoke('ask', value) } },
  fail: () => ipcRenderer.invoke('fail'),
  missing: () => ipcRenderer.invoke('nobody'),
  fork: (value) => ipcRenderer.invoke('fork', value),
  save: () => ipcRenderer.invoke('save'),
  main: (what) => ipcRenderer.invoke('main', what),
  requireFs: () => attempt(() => require('node:fs')),
  loud: () => attempt(() => ipcRenderer.sendSync('x')),
  onTick: (listener) => {
    const heard = (_event, value) => listener(value)
    ipcRenderer.on('tick', heard)
    ipcRenderer.send('tick')
    return () => void ipcRenderer.removeListener('tick', heard)
  },
})
