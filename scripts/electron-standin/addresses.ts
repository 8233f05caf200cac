/**
 * Chromium knows no `app://`, so a page of `app://console/` lives at one reserved origin that no network has, and main
 * sees only `app://` in every URL.
 */
const SUFFIX = '.app-standin.invalid'

export const toChromium = (url: string): string => {
  const match = /^app:\/\/([^/?#]+)(.*)$/s.exec(url)
  return match ? `https://${match[1] ?? ''}${SUFFIX}${match[2] ?? ''}` : url
}

export const toElectron = (url: string): string => {
  const match = /^https:\/\/([^/?#]+)\.app-standin\.invalid(?::443)?(?=[/?#]|$)(.*)$/s.exec(url)
  return match ? `app://${match[1] ?? ''}${match[2] ?? ''}` : url
}
