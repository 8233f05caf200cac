import type { App, WebContents } from 'electron'
import { isAppUrl } from '../addresses'

interface Wish {
  url: string
  preventDefault: () => void
}

/** A page stays on its own pages, opens no window and embeds nothing. */
const guard = (contents: WebContents): void => {
  const stayHome = (wish: Wish) => {
    if (!isAppUrl(wish.url)) wish.preventDefault()
  }
  contents.on('will-navigate', stayHome)
  contents.on('will-redirect', stayHome)
  contents.on('will-frame-navigate', stayHome)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Guards every page that ever comes to be, whoever makes it. */
export const guardNavigation = (app: Pick<App, 'on'>): void => {
  app.on('web-contents-created', (_event, contents) => guard(contents))
}
