import type { App } from 'electron'

interface Setup {
  app: Pick<App, 'on' | 'quit'>
  /** false = a person changed their mind. */
  confirm: () => Promise<boolean>
  /** Ends what must end well: the core first, then the demo. Each has its own limit of time. */
  stop: () => Promise<void>
}

/** Leaving takes two turns: the first one is held back until everything has ended, the second one goes through. */
export const leaveGracefully = ({ app, confirm, stop }: Setup): void => {
  let state: 'staying' | 'ending' | 'ended' = 'staying'
  const end = async () => {
    if (!(await confirm())) return void (state = 'staying')
    await stop().catch(() => undefined)
    state = 'ended'
    app.quit()
  }
  app.on('before-quit', (event) => {
    if (state === 'ended') return
    event.preventDefault()
    if (state === 'ending') return
    state = 'ending'
    void end()
  })
}
