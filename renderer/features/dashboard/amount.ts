import { useText } from '@renderer/locales'
import { useFormat } from '@renderer/ui/context'
import { limitUnits, type LimitType } from '@shared/domain/limits'
import type { LimitPart } from '@shared/ipc/dashboard'

/** The one rule of rounding: tile, chart, table and issues show tenths where there are any. */
export const tenths = (value: number): number => Math.round(value * 10) / 10

/** Amounts of one type in words: «1 225», «ядер», «KVM: 1 225 из 1 220 ядер». */
export const useAmount = () => {
  const t = useText()
  const f = useFormat()
  const figure = (value: number): string => f.num(tenths(value))
  /** A part of a core takes the form that two take. */
  const counted = (value: number): number => (Number.isInteger(tenths(value)) ? value : 2)
  const unit = (type: LimitType, value: number): string =>
    limitUnits[type] === 'cores' ? t('units.core', {}, counted(value)) : t(`units.${limitUnits[type]}`)
  const ofUnit = (type: LimitType, value: number): string =>
    limitUnits[type] === 'cores' ? t('units.ofCores', {}, counted(value)) : t(`units.${limitUnits[type]}`)
  const amount = (type: LimitType, value: number): string => `${figure(value)}\u00a0${unit(type, value)}`
  const place = ({ hypervisorId, hypervisorName, partnerName }: LimitPart): string => {
    const name = hypervisorId === '' ? t('dashboard.unknownHypervisor') : hypervisorName || hypervisorId
    return partnerName === null ? name : `${name}, ${partnerName}`
  }
  const used = (part: LimitPart): string => (part.atLeast ? t('dashboard.atLeast', { use: figure(part.use) }) : figure(part.use))
  /** «1 225 из 1 220 ядер»; without a limit «1 225 ядер». */
  const against = (type: LimitType, part: LimitPart): string =>
    part.limit === null
      ? `${used(part)}\u00a0${unit(type, part.use)}`
      : `${t('dashboard.useOf', { use: used(part), limit: figure(part.limit) })}\u00a0${ofUnit(type, part.limit)}`
  /** «KVM: 1 225 из 1 220 ядер, превышен»: all of a part in one line. */
  const whole = (type: LimitType, part: LimitPart): string => {
    const state = part.state ? `, ${t(`states.${part.state}`)}` : part.limit === null ? `, ${t('dashboard.noLimit')}` : ''
    return `${t('dashboard.partAt', { name: place(part), amount: against(type, part) })}${state}`
  }
  return { figure, unit, ofUnit, amount, place, used, against, whole }
}
