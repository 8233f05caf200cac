import { useText } from '@renderer/locales'
import { useFormat, useUi } from '@renderer/ui/context'
import type { StoreChoice, StoreChoices } from '@shared/ipc/shell'
import { computed, type Ref } from 'vue'

/** One way to go on, in words: what is in it, and what would be missing. */
export interface StoreOffer {
  choice: StoreChoice
  title: string
  lines: string[]
  /** What would be missing, and what of it is known. */
  lacks: string[]
}
type Copy = StoreChoices['backups'][number] | NonNullable<StoreChoices['salvage']>

export const useStoreOffers = (choices: Readonly<Ref<StoreChoices | null>>) => {
  const t = useText()
  const f = useFormat()
  const ui = useUi()
  const at = (ms: number): string => (ms === 0 ? '—' : f.moment(ms, ui.now.value))
  const counts = ({ connections, waiting, notes, views }: Copy): string => t('unlock.store.holds', { connections, waiting, notes, views })
  const lacks = (copy: Copy): string[] => {
    // What stood on damaged pages no count tells.
    if ('damagedPages' in copy && copy.damagedPages > 0) return [t('unlock.store.lacksPages')]
    if (copy.missing === 0) return [t('unlock.store.lacksNothing')]
    const texts = copy.recent.filter(({ text }) => text !== '').map(({ text }) => `«${text}»`)
    return [
      copy.missing === null
        ? t('unlock.store.lacksUnknown', { at: at(copy.at) })
        : t('unlock.store.lacks', { n: f.num(copy.missing), at: at(copy.at) }, copy.missing),
      ...(texts.length === 0 ? [] : [t('unlock.store.lacksKnown', { recent: texts.join(', ') })]),
    ]
  }
  const lines = (copy: Copy): string[] => [
    copy.commits === null
      ? t('unlock.store.last', { at: at(copy.at) })
      : t('unlock.store.commits', { n: f.num(copy.commits), at: at(copy.at) }),
    counts(copy),
  ]
  const offers = computed<StoreOffer[]>(() => {
    const { salvage = null, backups = [] } = choices.value ?? {}
    const read = salvage && {
      choice: { kind: 'salvage' as const },
      title: t('unlock.store.salvage'),
      lines: [t('unlock.store.salvageText', { damaged: f.num(salvage.damagedPages), pages: f.num(salvage.pages) }), ...lines(salvage)],
      lacks: lacks(salvage),
    }
    const day = (ms: number): string => `${f.dateWords(ms)}, ${f.time(ms)}`
    const copies = backups.map((backup) => ({
      choice: { kind: 'backup' as const, name: backup.name },
      title: `${t('unlock.store.backup')}: ${day(backup.at)}`,
      lines: lines(backup),
      lacks: lacks(backup),
    }))
    return [...(read ? [read] : []), ...copies]
  })
  const damaged = computed(() => (choices.value?.damaged ?? []).map(({ madeAt }) => t('unlock.store.damagedBackup', { at: at(madeAt) })))
  /** What a new start would leave behind, as the best copy knows it. */
  const losses = computed<string[]>(() => {
    const best = choices.value?.salvage ?? choices.value?.backups[0]
    if (!best) return [t('unlock.store.losesUnknown')]
    const { connections, waiting, notes, views } = best
    return [
      t('unlock.store.losesConnections', { n: f.num(connections) }),
      t('unlock.store.losesWaiting', { n: f.num(waiting) }),
      t('unlock.store.losesNotes', { n: f.num(notes) }),
      t('unlock.store.losesViews', { n: f.num(views) }),
    ]
  })
  return { offers, damaged, losses }
}
