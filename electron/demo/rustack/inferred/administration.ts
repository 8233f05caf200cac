import { byName, idOf, itemBody, itemHandler, listHandler, type Api } from '../http/api'
import type { DatasetName } from '../datasets'
import { missing } from '../http/errors'
import { arrayPage } from '../http/listing'
import type { Answer, Call, Resource } from '../http/handler'
import { billingClass, SERVICES } from '../nomenclature'
import { wireName } from '../profile'
import { listWithoutRights } from './rights'
import { planItems } from './shapes'

/** Partners, contracts, tariff plans and users, by the profile's paths. */
function showPlan(api: Api, call: Call): Answer {
  const { plans, profile } = api.cloud
  const body = itemBody(api, 'billing_plan', idOf(call))
  const plan = plans.find((one) => one.id === idOf(call))
  if (plan === undefined) throw missing()
  const items = JSON.stringify(planItems(profile, plan))
  return { body: `${body.slice(0, -1)},${JSON.stringify(wireName(profile, 'plan', 'items'))}:${items}}` }
}

export function administrationRoutes(api: Api): Resource[] {
  const { paths } = api.cloud.profile
  const services = SERVICES.map((one) => billingClass(one.id))
  const list = (path: string, name: string, dataset: DatasetName, kind: 'list' | 'read' = 'list'): Resource => {
    return { path, name, kind, handlers: { GET: listHandler(api, dataset, { name: byName }) } }
  }
  const accounts = list(paths.accounts, 'Account List', 'account')
  return [
    list(paths.partners, 'Partner List', 'partner', 'read'),
    { path: paths.partner, name: 'Partner Instance', kind: 'item', handlers: { GET: itemHandler(api, 'partner') } },
    list(paths.contracts, 'Contract List', 'contract', 'read'),
    { path: paths.contract, name: 'Contract Instance', kind: 'item', handlers: { GET: itemHandler(api, 'contract') } },
    list(paths.plans, 'Billing Plan List', 'billing_plan'),
    { path: paths.plan, name: 'Billing Plan Instance', kind: 'item', handlers: { GET: (call) => showPlan(api, call) } },
    {
      path: paths.services,
      name: 'Billing Class List',
      kind: 'read',
      handlers: { GET: (call) => ({ body: arrayPage(services, call.query, api.pageLimit) }) },
    },
    { ...accounts, handlers: { GET: listWithoutRights(api, listHandler(api, 'account', { name: byName })) } },
  ]
}
