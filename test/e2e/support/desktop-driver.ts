import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface EndpointFile {
  url: string
  secret: string
  cdp: string | null
  pid: number
}
/** One line of what a person would have seen of the system; docs/electron-standin.md lists the kinds. */
export type SeenEvent = { at: number; kind: string } & Record<string, unknown>

export const readEndpointFile = (userDataDir: string): EndpointFile | null => {
  const file = join(userDataDir, 'standin-endpoint.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as EndpointFile) : null
}

/** Everything that was seen so far, by kind if one is given. A line that is still being written is left for later. */
export const readEvents = (userDataDir: string, kind?: string): SeenEvent[] => {
  const file = join(userDataDir, 'standin-events.jsonl')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  const events = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as SeenEvent)
  return kind === undefined ? events : events.filter((event) => event.kind === kind)
}

type Answer = { filePath?: string; filePaths?: string[]; response?: number; checkboxChecked?: boolean }

/** Does what a person does on the desktop around the program: tray, notifications, menus, dialogs, power. */
export class DesktopDriver {
  private readonly endpoint: EndpointFile

  constructor(endpoint: EndpointFile) {
    this.endpoint = endpoint
  }
  /** The latest notification, or the one whose `id` the event carried. */
  clickNotification(id?: number): Promise<unknown> {
    return this.post('notification/click', id === undefined ? {} : { id })
  }
  clickTray(): Promise<unknown> {
    return this.post('tray/click')
  }
  /** By the item's id (`open`, `alerts`, `alert-0`, `sync`, `quit`) or by its label. */
  clickTrayItem(item: string): Promise<unknown> {
    return this.post('tray/menu', { item })
  }
  clickMenuItem(item: string): Promise<unknown> {
    return this.post('menu', { item })
  }
  readMenus(): Promise<{ application: unknown[]; tray: unknown[] | null }> {
    return this.post('menu/read') as Promise<{ application: unknown[]; tray: unknown[] | null }>
  }
  /** To the dialog that is open, or to the next one. */
  answerDialog(answer: Answer): Promise<unknown> {
    return this.post('dialog/answer', answer)
  }
  power(event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen'): Promise<unknown> {
    return this.post('power', { event })
  }
  async windows(): Promise<{ id: number; title: string; visible: boolean; url: string }[]> {
    const { windows } = (await this.post('windows')) as { windows: { id: number; title: string; visible: boolean; url: string }[] }
    return windows
  }
  closeWindow(): Promise<unknown> {
    return this.post('window/close')
  }
  moveWindow(bounds: { x: number; y: number; width: number; height: number }): Promise<unknown> {
    return this.post('window/bounds', bounds)
  }
  startAgain(): Promise<unknown> {
    return this.post('second-instance', { argv: [], cwd: '' })
  }
  quit(): Promise<unknown> {
    return this.post('quit')
  }

  private async post(action: string, body: object = {}): Promise<unknown> {
    const { url, secret } = this.endpoint
    const headers = { 'x-standin-secret': secret, 'content-type': 'application/json' }
    const response = await fetch(`${url}/${action}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const answer = (await response.json()) as { error?: string }
    if (!response.ok) throw new Error(`${action}: ${answer.error ?? response.status}`)
    return answer
  }
}
