import { datasets, type Dataset } from '@shared/domain/datasets'
import { accounts } from './accounts'
import { clients } from './clients'
import { contracts } from './contracts'
import type { DatasetDescriptor } from './descriptor'
import { disks, storageProfiles } from './disks'
import { events } from './events'
import { limits } from './limits'
import { networks, ports, routers } from './networks'
import { notes } from './notes'
import { partners } from './partners'
import { payments } from './payments'
import { projects } from './projects'
import { servers } from './servers'
import { statistics } from './statistics'
import { tariffPlans } from './tariff-plans'
import { tickets } from './tickets'
import { vdcs } from './vdcs'

/** Every dataset, by its name. */
export const descriptors = {
  ...{ clients, partners, contracts, tariff_plans: tariffPlans, projects, vdcs, servers, storage_profiles: storageProfiles, disks },
  ...{ notes, accounts, payments, tickets, events, networks, routers, ports, limits, statistics },
} satisfies { [D in Dataset]: DatasetDescriptor<D> }

/** The descriptor of a dataset known only at run time. */
export const descriptorOf = <D extends Dataset>(dataset: D): DatasetDescriptor<D> => descriptors[dataset] as unknown as DatasetDescriptor<D>

export const everyDescriptor = datasets.map((dataset) => descriptorOf<Dataset>(dataset))
