import { contextBridge, ipcRenderer } from 'electron'
import { calls, channelOf, eventChannelOf, events } from '@shared/ipc/channels'

/** The page's whole world outside itself: one function per call, and a way to hear. Everything is checked on the other side. */
const domains = Object.fromEntries(
  Object.entries(calls).map(([domain, names]) => [
    domain,
    Object.fromEntries(names.map((name) => [name, (input: unknown) => ipcRenderer.invoke(channelOf(domain, name), input)])),
  ]),
)

const on = (event: string, listener: (payload: unknown) => void): (() => void) => {
  if (!(events as readonly string[]).includes(event)) throw new Error('no such event')
  const channel = eventChannelOf(event)
  const heard = (_event: unknown, payload: unknown) => listener(payload)
  ipcRenderer.on(channel, heard)
  return () => void ipcRenderer.removeListener(channel, heard)
}

contextBridge.exposeInMainWorld('api', { ...domains, on })
