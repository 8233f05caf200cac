import type { AsOf } from '@shared/ipc/rows'
import { offers } from '../../platforms/port/core'
import { listConnections } from '../../store/local/connections'
import { asOfAll, older } from '../../store/read/sync-status'
import type { Workspace } from '../workspace'

/** As of when the alerts are known: those of a deployment that keeps no notes are all here, now. */
export const alertsAsOf = ({ cache, local, clock }: Workspace, connectionId: string | null): AsOf => {
  const read = listConnections(local)
    .filter(({ id }) => connectionId === null || id === connectionId)
    .filter(({ capabilities }) => capabilities === null || offers(capabilities, 'notes'))
    .map(({ id }) => asOfAll(cache, id, ['notes']))
  return read.reduce<AsOf>(older, { at: clock.now(), complete: true, missing: null, without: 0 })
}
