import { AppError } from '@shared/errors'

/** Whether a URL may be handed to the system's browser: https, a plain host name, nobody's password in it. */
export const isSafeExternal = (url: string): boolean => {
  if (url.length > 2000 || !URL.canParse(url)) return false
  const { protocol, username, password, hostname } = new URL(url)
  return protocol === 'https:' && hostname !== '' && username === '' && password === ''
}

/** The only place that opens a link outside the program. No page can name a URL: the core builds it from a connection. */
export const createOpenExternal =
  (open: (url: string) => Promise<void>) =>
  async (url: string): Promise<void> => {
    if (!isSafeExternal(url)) throw new AppError('rejected', 'only https addresses are opened outside', { reason: 'unsafe-url' })
    await open(url)
  }
