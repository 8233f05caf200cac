import { byColumn, itemHandler, listHandler, type Api, type Filter, type Filters } from '../http/api'
import type { Resource } from '../http/handler'

/** What happened, by the profile's paths: lists that are looked up by date. */
const since =
  (api: Api, sign: '>=' | '<='): Filter =>
  (value) => {
    const moment = api.cloud.time.parse(value, true)
    return moment === undefined ? { sql: '1' } : { sql: `ctime ${sign} ?`, value: api.cloud.time.seconds(moment) }
  }

export function recordRoutes(api: Api): Resource[] {
  const { paths, queries } = api.cloud.profile
  const dated: Filters = { [queries.from]: since(api, '>='), [queries.to]: since(api, '<=') }
  return [
    {
      path: paths.payments,
      name: 'Payment List',
      kind: 'read',
      handlers: { GET: listHandler(api, 'payment', { ...dated, [queries.contract]: byColumn('contract') }) },
    },
    {
      path: paths.tickets,
      name: 'Ticket List',
      kind: 'list',
      handlers: {
        GET: listHandler(api, 'ticket', {
          ...dated,
          [queries.account]: byColumn('account'),
          [queries.project]: byColumn('project'),
          [queries.topic]: byColumn('topic'),
        }),
      },
    },
    { path: paths.ticket, name: 'Ticket Instance', kind: 'read', handlers: { GET: itemHandler(api, 'ticket') } },
    {
      path: paths.events,
      name: 'Event List',
      kind: 'read',
      handlers: { GET: listHandler(api, 'event', { ...dated, [queries.account]: byColumn('account') }) },
    },
  ]
}
