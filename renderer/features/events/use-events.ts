import { api } from '@renderer/api/client'
import { useColumnKinds, type ListColumn } from '@renderer/list/columns'
import { useList } from '@renderer/list/use-list'
import { eventList } from '@shared/domain/lists/events'
import type { Output } from '@shared/ipc/contract'
import type { EventRow } from '@shared/ipc/organisation'
import { computed } from 'vue'

const setup = { spec: eventList, texts: 'events' as const, load: api.events.list, follow: ['events'] as const }
export const useEvents = () => useList<EventRow, Output<'events', 'list'>>(setup)

export const useEventColumns = () => {
  const kinds = useColumnKinds<EventRow>(setup)
  return computed((): ListColumn<EventRow>[] => [
    kinds.moment('created', { of: 'createdAt', width: 140, rank: 0, grow: 0 }),
    kinds.text('user', { of: 'accountName', width: 200, rank: 2 }),
    kinds.text('action', { width: 200, rank: 1 }),
    kinds.text('object', { of: 'objectName', width: 220, rank: 3, grow: 1 }),
    kinds.text('objectKind', { width: 110, rank: 5 }),
    kinds.text('text', { width: 260, rank: 4, grow: 1.4 }),
  ])
}
