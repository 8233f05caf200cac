import { sum, type Cloud } from './cloud'

/** What hangs on some data centres, and what it comes to. */
export type Use = Pick<Cloud, 'vdc' | 'vm' | 'disk' | 'network' | 'router'> & {
  /** Public addresses. */
  ip: Cloud['port']
  cpu: number
  ramGb: number
  volumeGb: number
}

const total = (use: Omit<Use, 'cpu' | 'ramGb' | 'volumeGb'>): Use => ({
  ...use,
  cpu: sum(use.vm, ({ cpu }) => cpu),
  ramGb: sum(use.vm, ({ ram }) => ram),
  volumeGb: sum(use.disk, ({ size }) => size),
})

const external = (cloud: Cloud) => cloud.port.filter((port) => port.external)

/** Everything there is, also what hangs on nothing that is known. */
export const wholeUse = (cloud: Cloud): Use => {
  const { vdc, vm, disk, network, router } = cloud
  return total({ vdc, vm, disk, network, router, ip: external(cloud) })
}

export const useWhere = (cloud: Cloud, wanted: (vdc: Cloud['vdc'][number]) => boolean): Use => {
  const vdc = cloud.vdc.filter(wanted)
  const inside = new Set(vdc.map(({ id }) => id))
  const here = <T extends { vdc: string }>(rows: readonly T[]): T[] => rows.filter((row) => inside.has(row.vdc))
  const [vm, disk, network, router] = [here(cloud.vm), here(cloud.disk), here(cloud.network), here(cloud.router)]
  return total({ vdc, vm, disk, network, router, ip: here(external(cloud)) })
}

/** Of one client, over all hypervisors or at one of them. */
export const useOfClient = (cloud: Cloud, clientId: string, hypervisorId: string | null = null): Use => {
  const projects = new Set(cloud.project.filter(({ client }) => client === clientId).map(({ id }) => id))
  return useWhere(cloud, ({ project, hypervisor }) => projects.has(project) && (hypervisorId ?? hypervisor) === hypervisor)
}

/** Against a limit, by the platform's names of the types. */
export const counted = (use: Use, type: string): number | null => {
  const amounts: Record<string, number> = {
    ...{ vm: use.vm.length, disk: use.disk.length, volume: use.volumeGb, ip: use.ip.length },
    ...{ network: use.network.length, router: use.router.length, ram: use.ramGb, cpu: use.cpu },
  }
  return amounts[type] ?? null
}
