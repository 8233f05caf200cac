import type { Handlers } from '@shared/ipc/contract'
import type { FoundRow } from '@shared/ipc/search'
import { foundRow } from '../../store/read/found'
import type { Memo } from '../../store/read/memo'
import { countRows, findRows } from '../../store/read/search'
import { cutText } from '../answer-size'
import type { Workspace } from '../workspace'

/** Clients come first: they are what a person looks for. */
const KINDS: readonly FoundRow['kind'][] = ['client', 'contract', 'tariff_plan', 'server', 'account', 'payment', 'ticket', 'event']
/** Of each kind before the others have their turn. */
const FIRST_OF_KIND = 6

const MOST_TITLE = 300
const shown = (row: FoundRow | null): FoundRow[] =>
  row === null ? [] : [{ ...row, title: cutText(row.title, MOST_TITLE), hint: cutText(row.hint, MOST_TITLE) }]

export const searchHandlers = ({ cache }: Workspace, memo: Memo): Handlers<'search'> => ({
  find: ({ text, connectionId, limit }) => {
    const found = KINDS.map((kind) => ({ kind, all: findRows(cache, { kind, connectionId, text }, limit) }))
    let room = found.reduce((left, { all }) => left - Math.min(FIRST_OF_KIND, all.length), limit)
    const rows = found.flatMap(({ kind, all }) => {
      const more = Math.max(0, Math.min(room, all.length - FIRST_OF_KIND))
      room -= more
      return all.slice(0, FIRST_OF_KIND + more).flatMap((it) => shown(foundRow(cache, kind, it)))
    })
    const count = (): number => countRows(cache, { kind: 'client', connectionId, text })
    return { rows: rows.slice(0, limit), totalClients: memo(`search.count ${connectionId ?? ''} ${text}`, count) }
  },
})
