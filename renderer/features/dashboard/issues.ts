import type { TextKey } from '@renderer/locales'
import type { Output } from '@shared/ipc/contract'

export type Issue = Output<'dashboard', 'summary'>['issues'][number]
export interface IssueLook {
  icon: string
  title: TextKey
  note: TextKey | null
  /** Where the row leads; null: it opens the list of who makes up the figure. */
  to: string | null
}

const limitTitle = { over: 'dashboard.att.limitOver', reached: 'dashboard.att.limitReached', near: 'dashboard.att.limitNear' } as const
const icons = { over: 'i-lucide-octagon-alert', reached: 'i-lucide-circle-stop', near: 'i-lucide-triangle-alert' } as const

/** How a row is said and where it leads; `scoped`: one hypervisor is chosen. The order is the program's: by what is at stake. */
export const issueLook = (item: Issue, scoped = false): IssueLook => {
  switch (item.kind) {
    case 'limit':
      return {
        icon: icons[item.level],
        title: limitTitle[item.level],
        note: item.level === 'near' ? 'dashboard.att.limitNote' : 'dashboard.att.limitOverNote',
        to: null,
      }
    case 'negative-balance':
      return {
        icon: 'i-lucide-wallet',
        title: 'dashboard.att.negative',
        note: 'dashboard.att.negativeNote',
        to: '/clients?view=negative&sort=balance',
      }
    case 'alerts-due':
      return {
        icon: 'i-lucide-bell-ring',
        title: 'dashboard.att.alerts',
        note: item.since === null ? null : 'dashboard.att.alertsNote',
        to: '/alerts',
      }
    case 'conflicts':
      return { icon: 'i-lucide-git-compare', title: 'dashboard.att.conflicts', note: 'dashboard.att.conflictsNote', to: '/outbox' }
    case 'blocked':
      return { icon: 'i-lucide-circle-help', title: 'dashboard.att.blocked', note: 'dashboard.att.blockedNote', to: '/outbox' }
    case 'unmanaged':
      return {
        icon: 'i-lucide-user-x',
        title: 'dashboard.att.unmanaged',
        note: 'dashboard.att.unmanagedNote',
        to: '/clients?view=unmanaged',
      }
    case 'clients-near-limit':
      return {
        icon: 'i-lucide-gauge',
        title: 'dashboard.att.near',
        note: scoped ? 'dashboard.att.nearNoteAt' : 'dashboard.att.nearNote',
        to: '/clients?view=near-limit&sort=limit&desc=1',
      }
    case 'sync-incomplete':
      return { icon: 'i-lucide-cloud-alert', title: 'dashboard.att.incomplete', note: 'dashboard.att.incompleteNote', to: '/sync' }
    case 'token-rejected':
      return { icon: 'i-lucide-key-round', title: 'dashboard.att.token', note: 'dashboard.att.tokenNote', to: '/settings' }
  }
}
