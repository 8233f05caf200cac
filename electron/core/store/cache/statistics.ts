import { named, type EntityTable } from './entity-table'

export const statisticTable: EntityTable<'statistics'> = {
  dataset: 'statistics',
  table: 'statistic',
  columns: [
    ...named('at', 'resolution', 'clients', 'servers', 'cpu', 'ram_gb', 'volume_gb', 'disk_gb', 'ip', 'networks', 'routers'),
    ['charged_minor', 'charged'],
    ...named('currency'),
  ],
  cells: (point) => [
    point.at,
    point.resolution,
    point.clients,
    point.servers,
    point.cpu,
    point.ramGb,
    point.volumeGb,
    JSON.stringify(point.diskGb),
    point.ip,
    point.networks,
    point.routers,
    point.charged?.minor ?? null,
    point.charged?.currency ?? null,
  ],
  clientOf: () => null,
}
