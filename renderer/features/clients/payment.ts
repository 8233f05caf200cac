import type { Translate } from '@renderer/locales'

export const paymentKey = (code: string | null): 'clients.prepaid' | 'clients.postpaid' | null => {
  if (code === null) return null
  if (/^pre/i.test(code)) return 'clients.prepaid'
  return /^post/i.test(code) ? 'clients.postpaid' : null
}
/** A code of a third kind stays as it is. */
export const paymentLabel = (code: string, t: Translate): string => {
  const key = paymentKey(code)
  return key ? t(key) : code
}
