import { AppError } from '@shared/errors'

/** Whether a URL may be handed to the system's browser: https, a plain host name, nobody's password in it. */
export const isSafeExternal = (url: string): boolean => {
  if (url.length > 2000 || !URL.canParse(url)) return false
  const { protocol, username, password, hostname } = new URL(url)
  return protocol === 'https:' && hostname !== '' && username === '' && password === ''
}

/** The only door out of the program. No page can name a URL: what comes here was built from a connection. */
export const openExternalDoor =
  (open: (url: string) => Promise<void>) =>
  async (url: string): Promise<void> => {
    if (!isSafeExternal(url)) throw new AppError('rejected', 'only https addresses are opened outside', { reason: 'unsafe-url' })
    await open(url)
  }
