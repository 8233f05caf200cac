import type { Handlers } from '@shared/ipc/contract'
import type { FoundRow } from '@shared/ipc/search'
import { foundRow } from '../../store/read/found'
import type { Memo } from '../../store/read/memo'
import { countRows, findRows } from '../../store/read/search'
import { cutText } from '../cut-text'
import type { Workspace } from '../workspace'

/** Clients come first: they are what a person looks for. */
const KINDS: readonly FoundRow['kind'][] = ['client', 'contract', 'tariff_plan', 'server', 'account', 'payment', 'ticket', 'event']
/** Of each kind: so many that the others are seen too. */
const MOST_OF_KIND = 6

const MOST_TITLE = 300
const shown = (row: FoundRow | null): FoundRow[] =>
  row === null ? [] : [{ ...row, title: cutText(row.title, MOST_TITLE), hint: cutText(row.hint, MOST_TITLE) }]

export const searchHandlers = ({ cache }: Workspace, memo: Memo): Handlers<'search'> => ({
  find: ({ text, connectionId, limit }) => {
    const rows: FoundRow[] = []
    for (const kind of KINDS) {
      if (rows.length >= limit) break
      const found = findRows(cache, { kind, connectionId, text }, Math.min(MOST_OF_KIND, limit - rows.length))
      rows.push(...found.flatMap((it) => shown(foundRow(cache, kind, it))))
    }
    const count = (): number => countRows(cache, { kind: 'client', connectionId, text })
    return { rows, totalClients: memo(`search.count ${connectionId ?? ''} ${text}`, count) }
  },
})
