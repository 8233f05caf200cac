import { entities } from '@shared/domain/entities'
import { columnsOf } from './columns'
import type { DatasetDescriptor } from './descriptor'
import { clientOfProject } from './owners'

const { integer, text, ref, json } = columnsOf(entities.tickets)

export const tickets: DatasetDescriptor<'tickets'> = {
  dataset: 'tickets',
  table: 'ticket',
  columns: [
    ...[...integer('createdAt', 'modifiedAt'), ...text('topic', 'topicText', 'text', 'accountId', 'accountName')],
    ...[...ref('project'), ...text('contacts'), ...json('attachments')],
  ],
  journal: (row, context) => clientOfProject(context, row('project_id')),
  search: {
    kind: 'ticket',
    text: ({ id, topicText, text: message, accountName, project }) =>
      `${topicText ?? ''} ${message ?? ''} ${accountName ?? ''} ${project?.name ?? ''} ${id.slice(0, 8)}`,
    // Projects may be read after the tickets.
    keepsClient: false,
  },
}
