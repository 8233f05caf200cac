export type UsageState = 'ok' | 'near' | 'reached' | 'over'

export const usageIcon: Record<UsageState, string> = {
  ok: 'i-lucide-circle-check',
  near: 'i-lucide-triangle-alert',
  reached: 'i-lucide-circle-stop',
  over: 'i-lucide-octagon-alert',
}
