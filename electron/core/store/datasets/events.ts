import { entities } from '@shared/domain/entities'
import { columnsOf } from './columns'
import type { DatasetDescriptor } from './descriptor'

const { integer, text } = columnsOf(entities.events)

export const events: DatasetDescriptor<'events'> = {
  dataset: 'events',
  table: 'event',
  columns: [...integer('createdAt'), ...text('accountId', 'accountName', 'action', 'objectKind', 'objectId', 'objectName', 'text')],
  journal: 'none',
  search: {
    kind: 'event',
    text: ({ action, objectName, text: message, accountName }) =>
      `${action ?? ''} ${objectName ?? ''} ${message ?? ''} ${accountName ?? ''}`,
    keepsClient: false,
  },
}
