import type { TextKey } from '@renderer/locales'
import type { LimitTile } from '@shared/ipc/dashboard'

const reasons = {
  'not-read': 'dashboard.limitUnread',
  refused: 'dashboard.limitRefused',
  'not-offered': 'dashboard.limitNotOffered',
  failing: 'dashboard.limitFailing',
} as const satisfies Record<string, TextKey>

/** Why a tile compares its use with nothing: «не задан» only where limits were read and there is none. */
export const whyNoLimit = ({ parts, limitAsOf }: Pick<LimitTile, 'parts' | 'limitAsOf'>): TextKey | null => {
  if (limitAsOf.at === null) {
    const { dataset, why } = limitAsOf.missing ?? { dataset: 'limits', why: 'not-read' as const }
    return dataset === 'limits' || dataset === 'partners' ? reasons[why] : 'dashboard.useUnsplit'
  }
  return parts.some(({ limit }) => limit !== null) ? null : 'dashboard.noLimit'
}
