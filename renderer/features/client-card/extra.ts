import type { Output } from '@shared/ipc/contract'

export type Details = Output<'clients', 'get'>
export type Change = Output<'clients', 'changes'>['rows'][number]

/** The two ways of paying by the guide's codes; anything else is shown as it came. */
export const methodKey = (code: string): 'yandex' | 'cashless' | null => {
  if (/yandex|yookassa|yoo_kassa|card|acquiring/i.test(code)) return 'yandex'
  return /cashless|invoice|bank|beznal|non_?cash/i.test(code) ? 'cashless' : null
}
export const paymentKey = (code: string | null): 'prepaid' | 'postpaid' | null => {
  if (code === null) return null
  if (/^pre/i.test(code)) return 'prepaid'
  return /^post/i.test(code) ? 'postpaid' : null
}
export const roleKey = (code: string): 'admin' | 'user' | 'support' | null => {
  if (/admin/i.test(code)) return 'admin'
  if (/support/i.test(code)) return 'support'
  return /user/i.test(code) ? 'user' : null
}

/** Fields that the console does not know, as short text. */
export const extraRows = (extra: Record<string, unknown>): { name: string; value: string }[] =>
  Object.entries(extra)
    .filter(([, value]) => value !== null && value !== '' && typeof value !== 'object')
    .map(([name, value]) => ({ name, value: String(value as string | number | boolean) }))
