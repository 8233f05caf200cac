import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import type { LimitWarning } from '@shared/domain/limit-matrix'
import { limitUnits, type LimitType } from '@shared/domain/limits'

export const useLimitWords = () => {
  const t = useText()
  const f = useFormat()
  return {
    type: (type: LimitType): string => t(`units.limit.${type}`),
    unit: (type: LimitType): string => t(`units.${limitUnits[type]}`),
    value: (value: number | null): string => (value === null ? t('limits.notSet') : f.num(value)),
    /** What will be, in bold, and what it means. */
    warning: (warning: LimitWarning, value: number): { what: string; means: string; whose: string } => {
      const n = f.num(value)
      switch (warning.kind) {
        case 'below-use':
          return {
            what: t('limits.belowUse', { use: f.num(warning.use), value: n }),
            means: t('limits.belowUseMeans', { value: n }),
            whose: t('limits.belowUseWhose'),
          }
        case 'above-partner':
          return {
            what: t('limits.abovePartner', { limit: f.num(warning.limit), value: n }),
            means: t('limits.abovePartnerMeans'),
            whose: '',
          }
        case 'above-room':
          return { what: t('limits.aboveRoom', { left: f.num(warning.room), value: n }), means: t('limits.aboveRoomMeans'), whose: '' }
      }
    },
  }
}
