import { entities } from '@shared/domain/entities'
import { columnsOf } from './columns'
import type { DatasetDescriptor } from './descriptor'
import { clientOfContract } from './owners'

const { integer, renamed, money, ref, text } = columnsOf(entities.payments)

export const payments: DatasetDescriptor<'payments'> = {
  dataset: 'payments',
  table: 'payment',
  // `transaction` is a word of SQL.
  columns: [
    ...[...integer('createdAt'), ...renamed('transaction', 'transaction_text'), ...money('amount')],
    ...[...ref('contract'), ...text('method', 'status')],
  ],
  journal: (row, context) => clientOfContract(context, row('contract_id')),
  search: {
    kind: 'payment',
    text: ({ id, transaction, contract }) => `${transaction ?? ''} ${contract?.name ?? ''} ${id.slice(0, 8)}`,
    // Contracts may be read after the payments.
    keepsClient: false,
  },
}
