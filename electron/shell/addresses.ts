/** The console's own origin. It has no network behind it: the program answers every request from its own files. */
export const APP_SCHEME = 'app'
const APP_HOST = 'console'
export const APP_START = `${APP_SCHEME}://${APP_HOST}/`

/** Whether a URL is one of our own pages. `app:` is no special scheme, so `URL.origin` is of no use. */
export const isAppUrl = (url: string): boolean => {
  if (!URL.canParse(url)) return false
  const { protocol, host, username, password } = new URL(url)
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === ''
}

interface AlertKey {
  connectionId: string
  clientId: string
  noteId: string
}

/** The screen that shows one note of a client. */
export const alertAddress = ({ connectionId, clientId, noteId }: AlertKey): string =>
  `/clients/${encodeURIComponent(connectionId)}/${encodeURIComponent(clientId)}?tab=notes&note=${encodeURIComponent(noteId)}`

export const ALERTS_ADDRESS = '/alerts'
