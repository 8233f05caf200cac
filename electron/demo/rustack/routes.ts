import type { Api } from './http/api'
import type { Resource } from './http/handler'
import { accountRoutes } from './known/accounts'
import { clientRoutes } from './known/clients'
import { directoryRoutes } from './known/directories'
import { inventoryRoutes } from './known/inventory'
import { powerRoutes } from './known/power'
import { projectRoutes } from './known/projects'
import { unusedRoutes } from './known/unused'
import { vdcRoutes } from './known/vdcs'
import { administrationRoutes } from './inferred/administration'
import { limitRoutes } from './inferred/limits'
import { noteRoutes } from './inferred/notes'
import { recordRoutes } from './inferred/records'
import { statisticsRoutes } from './inferred/statistics'

/** What the vendor has published. */
export function knownRoutes(api: Api, knownOnly: boolean): Resource[] {
  return [
    ...clientRoutes(api),
    ...projectRoutes(api),
    ...vdcRoutes(api),
    ...inventoryRoutes(api),
    ...directoryRoutes(api),
    ...unusedRoutes(api),
    ...powerRoutes(api),
    ...accountRoutes(api, { knownOnly }),
  ]
}

/** What the profile document says. */
export function inferredRoutes(api: Api): Resource[] {
  return [...administrationRoutes(api), ...limitRoutes(api), ...noteRoutes(api), ...recordRoutes(api), ...statisticsRoutes(api)]
}
