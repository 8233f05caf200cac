import type { Dataset } from './datasets'
import type { LimitType } from './limits'

const counted: Record<LimitType, Dataset> = {
  servers: 'servers',
  cpu: 'servers',
  ram: 'servers',
  disks: 'disks',
  volume: 'disks',
  ip: 'ports',
  networks: 'networks',
  routers: 'routers',
}

/** The list whose rows make up the use of a type, over everything. */
export const useLists = (type: LimitType): readonly Dataset[] => [counted[type]]
/** The same told by hypervisor, which is known by the virtual data centre. */
export const useByHypervisorLists = (type: LimitType): readonly Dataset[] => [counted[type], 'vdcs']
/** What leads from a row to its client. */
export const ownerLists: readonly Dataset[] = ['vdcs', 'projects', 'clients']

export const figureBlocks = ['clients', 'servers', 'charged', 'negative', 'usage', 'disks', 'limits', 'attention'] as const
/** The blocks of the dashboard, as the page "how we count" tells of them. */
export type FigureBlock = (typeof figureBlocks)[number]

/** The lists that each block of the dashboard is made from. */
export const blockLists: Record<FigureBlock, readonly Dataset[]> = {
  clients: ['clients'],
  servers: ['servers', 'vdcs'],
  charged: ['statistics'],
  negative: ['clients', 'contracts'],
  usage: ['servers', 'vdcs', 'statistics', 'limits'],
  disks: ['disks', 'vdcs', 'storage_profiles', 'limits'],
  limits: ['partners', 'limits', 'servers', 'disks', 'ports', 'networks', 'routers', 'vdcs', 'projects', 'clients'],
  attention: ['limits', 'clients', 'contracts', 'notes', 'accounts'],
}
