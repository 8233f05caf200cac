import type { TextKey } from '@renderer/locales'
import type { LimitTile } from '@shared/ipc/dashboard'

const reasons = {
  'not-read': 'dashboard.limitUnread',
  'not-counted': 'dashboard.limitUnread',
  refused: 'dashboard.limitRefused',
  'not-offered': 'dashboard.limitNotOffered',
  'without-fields': 'dashboard.limitNotOffered',
  failing: 'dashboard.limitFailing',
} as const satisfies Record<string, TextKey>

const PLACES: readonly string[] = ['vdcs', 'projects', 'clients']

/**
 * Why a tile compares its use with nothing: «не задан» only where limits were read and there is none. null = it compares, or
 * the use itself is not known, which its own as-of says.
 */
export const whyNoLimit = ({ parts, limitAsOf }: Pick<LimitTile, 'parts' | 'limitAsOf'>): TextKey | null => {
  if (limitAsOf.at === null) {
    const { dataset, why } = limitAsOf.missing ?? { dataset: 'limits', why: 'not-read' as const }
    if (dataset === 'limits' || dataset === 'partners') return reasons[why]
    return PLACES.includes(dataset) ? 'dashboard.useUnsplit' : null
  }
  return parts.some(({ limit }) => limit !== null) ? null : 'dashboard.noLimit'
}
