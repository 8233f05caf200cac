import type { Dataset } from '@shared/domain/datasets'
import { accountTable } from './accounts'
import { clientTable } from './clients'
import { contractTable } from './contracts'
import { diskTable, storageProfileTable } from './disks'
import type { EntityTable } from './entity-table'
import { limitTable } from './limits'
import { networkTable, portTable, routerTable } from './networks'
import { noteTable } from './notes'
import { partnerTable } from './partners'
import { projectTable, vdcTable } from './projects'
import { serverTable } from './servers'
import { statisticTable } from './statistics'
import { tariffPlanTable } from './tariff-plans'

/** The table of each dataset. */
export const tables = {
  partners: partnerTable,
  clients: clientTable,
  contracts: contractTable,
  tariff_plans: tariffPlanTable,
  projects: projectTable,
  vdcs: vdcTable,
  servers: serverTable,
  disks: diskTable,
  networks: networkTable,
  routers: routerTable,
  ports: portTable,
  storage_profiles: storageProfileTable,
  accounts: accountTable,
  notes: noteTable,
  limits: limitTable,
  statistics: statisticTable,
} satisfies { [D in Dataset]: EntityTable<D> }

/** The table of a dataset known only at run time. */
export const tableOf = <D extends Dataset>(dataset: D): EntityTable<D> => tables[dataset] as unknown as EntityTable<D>
