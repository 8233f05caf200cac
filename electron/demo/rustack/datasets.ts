/**
 * One table per dataset: the columns are only what lists filter, sort and sum by; the body is the row as the API sends it.
 * `cn` is the client's number, so that all of a client can be found and removed.
 */
export interface Dataset {
  readonly refs: readonly string[]
  readonly numbers: readonly string[]
  readonly indexed: readonly string[]
  /** Disks and ports come in no visible order, but always in the same one. */
  readonly order: 'newest' | 'scattered'
}

const dataset = (refs: string[], numbers: string[], indexed: string[], order: Dataset['order'] = 'newest'): Dataset => ({
  refs,
  numbers,
  indexed,
  order,
})

export const DATASETS = {
  partner: dataset([], [], []),
  partner_limit: dataset(['partner'], [], ['partner']),
  billing_plan: dataset([], ['place'], []),
  contract: dataset(['client'], ['plan', 'balance', 'rate', 'settled', 'prepay'], ['client', 'plan']),
  client: dataset(['partner', 'contract'], ['hypervisor'], []),
  project: dataset(['client'], ['cn'], ['client', 'cn']),
  vdc: dataset(['project'], ['cn', 'hypervisor'], ['project', 'cn']),
  vm: dataset(['vdc'], ['cn', 'hypervisor', 'cpu', 'ram', 'power'], ['vdc', 'cn']),
  disk: dataset(['vdc', 'vm'], ['cn', 'size', 'class'], ['vdc', 'vm', 'cn'], 'scattered'),
  network: dataset(['vdc'], ['cn', 'standard'], ['vdc', 'cn']),
  router: dataset(['vdc'], ['cn'], ['vdc', 'cn']),
  port: dataset(['vdc', 'vm'], ['cn', 'external'], ['vdc', 'vm', 'cn', 'external'], 'scattered'),
  account: dataset(['login'], ['cn'], ['cn', 'login']),
  key: dataset(['account'], [], ['account']),
  note: dataset(['client', 'author', 'alert'], ['cn', 'system', 'confirmed'], ['client', 'alert', 'cn']),
  limit: dataset(['client'], ['cn', 'value'], ['client', 'cn']),
  payment: dataset(['contract'], ['cn', 'amount'], ['contract', 'cn']),
  ticket: dataset(['account', 'project', 'topic'], ['cn'], ['account', 'project', 'cn']),
  event: dataset(['account'], [], ['account']),
} as const satisfies Record<string, Dataset>

/** A list can be sorted by what its objects show; not all of them tell when they were made. */
const TIMELESS = new Set<string>(['project', 'disk', 'network', 'router', 'partner', 'partner_limit', 'limit', 'key'])
const NAMELESS = new Set<string>(['port', 'note', 'limit', 'partner_limit', 'account', 'payment', 'ticket', 'event'])
export const sortsOf = (name: DatasetName): readonly string[] => [
  ...(TIMELESS.has(name) ? [] : ['ctime']),
  ...(NAMELESS.has(name) ? [] : ['name']),
  'id',
]

export type DatasetName = keyof typeof DATASETS
export const DATASET_NAMES = Object.keys(DATASETS) as DatasetName[]
export const isDataset = (text: string): text is DatasetName => Object.hasOwn(DATASETS, text)
/** Rows whose body holds a balance, and the column that leads to the contract. */
export const BALANCE_BY: Partial<Record<DatasetName, 'n' | 'cn'>> = { contract: 'n', client: 'n', project: 'cn' }

export function columnsOf(name: DatasetName): string[] {
  const { refs, numbers } = DATASETS[name]
  return ['n', 'id', 'ctime', 'name', ...refs, ...numbers, 'body']
}

export function createTable(name: DatasetName): string {
  const { refs, numbers } = DATASETS[name]
  const columns = [...refs.map((one) => `"${one}" TEXT`), ...numbers.map((one) => `"${one}" REAL`)]
  const rest = columns.length === 0 ? '' : `${columns.join(', ')}, `
  return `CREATE TABLE IF NOT EXISTS "${name}" (n INTEGER PRIMARY KEY, id TEXT NOT NULL, ctime TEXT NOT NULL, name TEXT, ${rest}body TEXT NOT NULL) STRICT`
}

/** Made after the seeding: one sort is cheaper than many thousand insertions in random places. */
export function createIndexes(name: DatasetName): string[] {
  return [
    `CREATE UNIQUE INDEX IF NOT EXISTS "${name}_id" ON "${name}" (id)`,
    `CREATE INDEX IF NOT EXISTS "${name}_ctime" ON "${name}" (ctime, n)`,
    ...DATASETS[name].indexed.map((column) => `CREATE INDEX IF NOT EXISTS "${name}_${column}" ON "${name}" ("${column}")`),
  ]
}
