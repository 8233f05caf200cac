import { AppError } from '@shared/errors'
import { useByHypervisorLists, useLists } from '@shared/domain/figure-lists'
import type { DashboardSummary, Unseen } from '@shared/ipc/dashboard'
import type { Handlers, Output } from '@shared/ipc/contract'
import type { AsOf } from '@shared/ipc/rows'
import { offers } from '../../platforms/port/core'
import { decisionsOf } from '../../store/local/command-counts'
import { findConnection, type StoredConnection } from '../../store/local/connections'
import { clientsNearLimit, clientsNearLimitAt, unmanagedClients } from '../../store/read/dashboard'
import { knownFigures } from '../../store/read/known-figures'
import type { Memo } from '../../store/read/memo'
import { incompleteDatasets, older } from '../../store/read/sync-status'
import { totalUsage } from '../../store/read/usage'
import type { Workspace } from '../workspace'
import { issues, unseen } from './issues'
import { contributorsOf } from './contributors'
import { sumUse } from './figures'
import { round } from './history'
import { series } from './series'
import { createFigureAsOf, isKnown, type FigureAsOf } from './figure-as-of'
import { figuresOf, type Figures } from './summary'

export interface DashboardFeature {
  workspace: Workspace
  memo: Memo
  /** Alerts of one connection that are due, and the oldest of them. */
  alertsDue: (connectionId: string) => { count: number; since: number | null }
}
export type DashboardService = ReturnType<typeof createDashboard>
type Input<Call extends keyof Handlers<'dashboard'>> = Parameters<Handlers<'dashboard'>[Call]>[0]

export const createDashboard = ({ workspace, memo, alertsDue }: DashboardFeature) => {
  const { cache, local, clock } = workspace
  const mustFind = (id: string): StoredConnection => {
    const found = findConnection(local, id)
    if (!found) throw new AppError('not-found', 'no such connection')
    return found
  }
  const nearLimit = (id: string, hypervisorId: string | null) =>
    memo(`dashboard.near ${JSON.stringify([id, hypervisorId])}`, () =>
      hypervisorId === null ? clientsNearLimit(cache, id) : clientsNearLimitAt(cache, { connectionId: id, hypervisorId }),
    )

  return {
    summary: ({ connectionId, hypervisorId }: Input<'summary'>): DashboardSummary => {
      const connection = mustFind(connectionId)
      const figures = figuresOf({ workspace, memo, connection, hypervisorId })
      const { negative } = figures
      return {
        ...figures,
        issues: issues({
          tokenRejected: connection.state === 'token-rejected',
          limits: [...figures.limits, figures.volume],
          negative: { clients: negative.clients ?? 0, totals: negative.totals },
          alertsDue: alertsDue(connectionId),
          ...decisionsOf(local, connectionId),
          unmanaged: memo(`dashboard.unmanaged ${connectionId}`, () => unmanagedClients(cache, connectionId)),
          nearLimit: nearLimit(connectionId, hypervisorId),
          incomplete: incompleteDatasets(cache, connectionId),
        }),
        unseen: unseen(lookedAt(workspace, connection, figures)),
      }
    },
    series: ({ connectionId, hypervisorId, period }: Input<'series'>): Output<'dashboard', 'series'> => {
      const { capabilities, billingOffsetMinutes } = mustFind(connectionId)
      const asOfs = createFigureAsOf(cache, connectionId, capabilities)
      const { at } = asOfs.figures(hypervisorId === null ? useLists('cpu') : useByHypervisorLists('cpu'))
      const usage = totalUsage(cache, connectionId)
      const current =
        at === null ? null : { at, cpu: round(sumUse(usage, 'cpu', hypervisorId)), ramGb: round(sumUse(usage, 'ram', hypervisorId)) }
      const statistics = asOfs.rows(['statistics'])
      const zone = { utcOffsetMinutes: billingOffsetMinutes }
      return series(workspace, { connectionId, hypervisorId, period, ...zone, statistics, now: clock.now(), current })
    },
    contributors: (input: Input<'contributors'>): Output<'dashboard', 'contributors'> =>
      memo(`dashboard.contributors ${JSON.stringify(input)}`, () => contributorsOf(workspace, mustFind(input.connectionId), input)),
  }
}

/** Everything that the list of issues looks at, and as of when. Alerts that are kept here are always known. */
const lookedAt = ({ cache }: Workspace, { id, capabilities }: StoredConnection, figures: Figures): [Unseen['what'], AsOf][] => {
  const asOfs = createFigureAsOf(cache, id, capabilities)
  const tiles = [...figures.limits, figures.volume].map(({ limitAsOf }) => limitAsOf)
  const unknown = tiles.find((asOf) => !isKnown(asOf)) ?? tiles.find(({ missing }) => missing !== null)
  const kept = capabilities !== null && !offers(capabilities, 'notes')
  return [
    ['limits', unknown ?? figures.partnerLimits.asOf],
    ['balances', figures.negative.asOf],
    ...(kept ? [] : [['alerts', asOfs.rows(['notes'])] as [Unseen['what'], AsOf]]),
    ['client-limits', asOfs.rows(['limits'])],
    ['administrators', administratorsAsOf(cache, id, asOfs)],
  ]
}

/** Accounts may be listed without saying whom they administer. */
const administratorsAsOf = (cache: Workspace['cache'], id: string, asOfs: FigureAsOf): AsOf => {
  const asOf = older(asOfs.figures(['accounts']), asOfs.rows(['clients']))
  if (asOf.at === null || knownFigures(cache, id).unmanaged) return asOf
  return { ...asOf, at: null, missing: { dataset: 'accounts', why: 'without-fields', text: null } }
}
