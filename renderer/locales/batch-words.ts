import { useFormat } from '@renderer/ui/context'
import type { BatchProgress, ToldRule } from '@shared/ipc/batches'
import { useText } from './index'

/** Words for a batch of changes: what it is called, and the rules it was made of. */
export const useBatchWords = () => {
  const t = useText()
  const f = useFormat()
  const own = ({ kind, total }: Pick<BatchProgress, 'kind' | 'total'>): string =>
    t(kind === 'limits.set' ? 'batch.kind.limits' : 'batch.kind.other', { n: f.num(total) }, total)
  const rule = ({ act, type, hypervisor, number, percent, step, template }: ToldRule): string => {
    if (act === 'template') return `${t('bulk.acts.template')} «${template ?? ''}»`
    const where = `${type === null ? '' : t(`units.limit.${type}`)}, ${hypervisor ?? t('batch.everyHypervisor')}`
    const amount = number === null ? '' : ` ${f.num(number)}${percent ? ' %' : ''}`
    return `${where}: ${t(`bulk.acts.${act}`)}${amount}${step > 1 ? `, ${t('batch.roundTo', { n: f.num(step) })}` : ''}`
  }
  return {
    title: (batch: Pick<BatchProgress, 'kind' | 'total' | 'undoOf'>): string =>
      batch.undoOf === null ? own(batch) : t('batch.undoOf', { title: own(batch) }),
    rules: ({ about }: Pick<BatchProgress, 'about'>): string => (about?.rules ?? []).map(rule).join('; '),
  }
}

/** Whether anything of it has still to go out, or to be found out. */
export const isRunning = (batch: Pick<BatchProgress, 'waiting' | 'sending' | 'retrying' | 'unknown'>): boolean =>
  batch.waiting + batch.sending + batch.retrying + batch.unknown > 0
