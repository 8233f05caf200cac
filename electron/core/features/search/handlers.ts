import type { Handlers } from '@shared/ipc/contract'
import type { FoundRow } from '@shared/ipc/search'
import { foundRow } from '../../store/read/found'
import type { Memo } from '../../store/read/memo'
import { countRows, findRows } from '../../store/read/search'
import { cutText } from '../cut-text'
import type { Workspace } from '../workspace'

/** Clients come first: they are what a person looks for. */
const KINDS: readonly FoundRow['kind'][] = ['client', 'contract', 'tariff_plan', 'server', 'account']

const MOST_TITLE = 300
const shown = (row: FoundRow | null): FoundRow[] =>
  row === null ? [] : [{ ...row, title: cutText(row.title, MOST_TITLE), hint: cutText(row.hint, MOST_TITLE) }]

export const searchHandlers = ({ cache }: Workspace, memo: Memo): Handlers<'search'> => ({
  find: ({ text, connectionId, limit }) => {
    const rows: FoundRow[] = []
    for (const kind of KINDS) {
      if (rows.length >= limit) break
      const found = findRows(cache, { kind, connectionId, text }, limit - rows.length)
      rows.push(...found.flatMap((it) => shown(foundRow(cache, kind, it))))
    }
    const count = (): number => countRows(cache, { kind: 'client', connectionId, text })
    return { rows, totalClients: memo(`search.count ${connectionId ?? ''} ${text}`, count) }
  },
})
