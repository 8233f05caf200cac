import { api } from '@renderer/api/client'
import { useColumnKinds, type ListColumn } from '@renderer/list/columns'
import { useList } from '@renderer/list/use-list'
import { useText } from '@renderer/locales'
import { ticketList } from '@shared/domain/lists/tickets'
import type { Output } from '@shared/ipc/contract'
import type { TicketRow } from '@shared/ipc/organisation'
import { computed } from 'vue'

const setup = {
  spec: ticketList,
  texts: 'tickets' as const,
  load: api.tickets.list,
  follow: ['tickets', 'projects', 'clients'] as const,
}
export const useTickets = () => useList<TicketRow, Output<'tickets', 'list'>>(setup)

/** One of the six topics in words; another one as the platform wrote it. */
export const useTopic = () => {
  const t = useText()
  return ({ topic, topicText }: TicketRow): string => (topic === null ? (topicText ?? '—') : t(`tickets.value.topic.${topic}`))
}

export const useTicketColumns = () => {
  const t = useText()
  const topic = useTopic()
  const kinds = useColumnKinds<TicketRow>(setup)
  return computed((): ListColumn<TicketRow>[] => [
    kinds.text('topic', {
      width: 190,
      rank: 0,
      text: topic,
      file: [{ field: 'topicText', as: 'text', title: t('tickets.col.topic') }],
    }),
    kinds.moment('created', { of: 'createdAt', width: 136, rank: 1, grow: 0 }),
    kinds.text('user', { of: 'accountName', width: 180, rank: 2 }),
    kinds.text('client', { of: 'clientName', width: 180, rank: 4 }),
    kinds.text('project', { of: 'projectName', width: 140, rank: 5 }),
    kinds.text('text', { width: 280, rank: 3, grow: 2 }),
    kinds.text('id', { width: 110, rank: 6 }),
  ])
}
