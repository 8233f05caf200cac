import type { TrayState } from '@shared/ipc/host-protocol'

export interface TrayPublisher {
  /** The nearest alerts, and how many are due. */
  alerts(top: TrayState['top'], due: number): void
  /** Something else that the tray shows may have changed. */
  refresh(): void
}
export interface TrayOptions {
  tray: (state: TrayState) => void
  online: () => boolean
  waiting: () => number
}

/** Collects what the tray shows and sends it only when it changed: a tray that is drawn again flickers. */
export const createTrayPublisher = ({ tray, online, waiting }: TrayOptions): TrayPublisher => {
  let due = 0
  let top: TrayState['top'] = []
  let last = ''
  const refresh = (): void => {
    const state = { due, top, waiting: waiting(), online: online() }
    const text = JSON.stringify(state)
    if (text === last) return
    last = text
    tray(state)
  }
  return {
    refresh,
    alerts: (nearest, count) => {
      top = nearest
      due = count
      refresh()
    },
  }
}
