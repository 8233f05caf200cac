import { useText, type TextKey } from '@renderer/locales'
import { useErrorWords } from '@renderer/locales/error-words'
import { useFormat } from '@renderer/ui/context'
import type { JobResult, JobRow } from '@shared/ipc/jobs'

type Check = Extract<JobResult, { kind: 'check-store' }>
export interface JobLook {
  icon: string
  tone: string
}
const looks: Record<JobRow['state'], JobLook> = {
  waiting: { icon: 'i-lucide-clock', tone: 'text-ink-3' },
  running: { icon: 'i-lucide-loader-circle', tone: 'text-accent' },
  done: { icon: 'i-lucide-circle-check', tone: 'text-ok' },
  failed: { icon: 'i-lucide-octagon-alert', tone: 'text-over' },
  cancelled: { icon: 'i-lucide-ban', tone: 'text-ink-3' },
  interrupted: { icon: 'i-lucide-circle-pause', tone: 'text-near' },
}
const damagedFiles = ({ files }: Check): string[] => files.filter(({ damaged, sound }) => damaged > 0 || !sound).map(({ name }) => name)
const isHurt = (result: Check): boolean => damagedFiles(result).length > 0 || result.kept.damaged + result.kept.missing > 0

/** A check that ends well and finds damage is no good news. */
export const jobLook = ({ state, result }: JobRow): JobLook =>
  result?.kind === 'check-store' && isHurt(result) ? { icon: 'i-lucide-triangle-alert', tone: 'text-over' } : looks[state]

/** What a job is called, and how it ended, in words. */
export const useJobWords = () => {
  const t = useText()
  const f = useFormat()
  const errors = useErrorWords()
  const title = ({ kind, title: of }: JobRow): string => (kind === 'batch' ? of : t(`jobs.kind.${kind}` as TextKey, { title: of }))

  const checked = (result: Check): string => {
    const { files, kept } = result
    const hurt = damagedFiles(result)
    const pages = files.reduce((sum, file) => sum + file.pages, 0)
    return [
      hurt.length ? t('jobs.check.damaged', { files: hurt.join(', ') }) : t('jobs.check.whole', { n: f.num(pages) }, pages),
      ...(kept.damaged ? [t('jobs.check.keptDamaged', { n: f.num(kept.damaged) })] : []),
      ...(kept.missing ? [t('jobs.check.keptMissing', { n: f.num(kept.missing) })] : []),
    ].join(' ')
  }
  const result = (ended: JobResult): string => {
    switch (ended.kind) {
      case 'list-export':
        return t('jobs.exported', { n: f.num(ended.rows), file: ended.file }, ended.rows)
      case 'save-file':
        return t('jobs.saved', { file: ended.file })
      case 'check-store':
        return checked(ended)
      case 'batch': {
        const parts = [t('jobs.batch.done', { n: f.num(ended.done) })]
        if (ended.decide) parts.push(t('jobs.batch.decide', { n: f.num(ended.decide) }))
        if (ended.dropped) parts.push(t('jobs.batch.dropped', { n: f.num(ended.dropped) }))
        return parts.join(' · ')
      }
    }
  }
  const error = (row: JobRow): string => {
    if (row.state === 'interrupted') return t('jobs.interruptedHint')
    if (row.error === null) return ''
    const said = errors(row.error)
    return `${said.title} ${said.todo}`
  }
  const progress = ({ progress: at }: JobRow): string => {
    if (!at) return t('jobs.begins')
    return at.total === null ? t('jobs.begins') : t('jobs.percent', { n: f.num(Math.floor((at.done * 100) / Math.max(1, at.total))) })
  }
  return { title, result, error, progress }
}
