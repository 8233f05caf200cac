import { HYPERVISORS, STORAGE_LEVELS } from '../catalogue'
import { missing } from '../http/errors'
import { arrayPage } from '../http/listing'
import { idOf, sortOf, type Api } from '../http/api'
import type { Answer, Call, Resource } from '../http/handler'

/** What the provider offers to everybody. */
function hypervisorOf(api: Api, call: Call): number | undefined {
  const row = api.cloud.store.byId('vdc', call.query.get('vdc') ?? '')
  return row === undefined ? undefined : Number(row['hypervisor'])
}

/** A data centre has the profiles of its own hypervisor; one that does not exist has none. */
function profiles(api: Api, call: Call): Answer {
  const { storage } = api.cloud.catalogue
  sortOf(api.quirks, call, ['name', 'id'])
  const hypervisor = hypervisorOf(api, call)
  const first = hypervisor === undefined ? storage.length : hypervisor * STORAGE_LEVELS
  const rows = call.query.has('vdc') ? storage.slice(first, first + STORAGE_LEVELS) : storage
  return { body: arrayPage(rows, call.query, api.pageLimit) }
}

function templates(api: Api, call: Call): Answer {
  const { templates: all } = api.cloud.catalogue
  if (!call.query.has('vdc')) return { body: all }
  const type = HYPERVISORS[hypervisorOf(api, call) ?? -1]?.[1]
  return { body: all.filter((one) => one.hypervisor_type === type) }
}

/** No template of this cloud asks for anything. */
function fields(api: Api, call: Call): Answer {
  one(api.cloud.catalogue.templates, call)
  return { body: [] }
}

function one<T extends { readonly id: string }>(list: readonly T[], call: Call): T {
  const found = list.find((entry) => entry.id === idOf(call))
  if (found === undefined) throw missing()
  return found
}

export function directoryRoutes(api: Api): Resource[] {
  const { storage, platforms, templates: all } = api.cloud.catalogue
  const read = (path: string, name: string, GET: (call: Call) => Answer): Resource => ({ path, name, kind: 'read', handlers: { GET } })
  const scripts = { metadata_script: '', devops_script: '' }
  return [
    read('/v1/storage_profile', 'Storage Profile List', (call) => profiles(api, call)),
    read('/v1/storage_profile/:id', 'Storage Profile Instance', (call) => ({ body: one(storage, call) })),
    read('/v1/platform', 'Platform List', () => ({ body: platforms })),
    read('/v1/platform/:id', 'Platform Instance', (call) => ({ body: one(platforms, call) })),
    read('/v1/template', 'Template List', (call) => templates(api, call)),
    read('/v1/template/:id', 'Template Instance', (call) => ({ body: { ...one(all, call), ...scripts } })),
    read('/v1/template/:id/field', 'Template Field List', (call) => fields(api, call)),
  ]
}
