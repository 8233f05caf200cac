import type { Cloud } from '../cloud'
import { bodyOf, patchNested, patchRows, rewrite, type Body } from '../rows'
import type { StoredRow } from '../store'
import type { UsageChange } from '../usage'

/** Changes of servers and disks keep the nested copies, the usage figures and the contract's rate true. */
export function setPower(cloud: Cloud, id: string, power: boolean): void {
  const row = cloud.store.byId('vm', id)
  if (row === undefined) return
  rewrite(cloud, 'vm', row, { power, locked: false, job_id: null }, { power: power ? 1 : 0 })
  patchRows(cloud, 'disk', ['vm', id], id, { power })
}

function ratesOf(cloud: Cloud, cn: number) {
  const contract = cloud.store.rowsBy('contract', 'n', cn)[0]
  const rates = cloud.rates[Number(contract?.['plan'] ?? 0)]
  return (service: string) => rates?.get(service) ?? 0
}

const prefix = (hypervisor: number) => (hypervisor === 0 ? 'kvm' : 'vmware')

/** Also used with negative amounts, when something is deleted. */
export function book(cloud: Cloud, cn: number, change: UsageChange, at: number): void {
  cloud.usage.add(cn, at, change)
  cloud.ledger.changeRate(cn, change.rate ?? 0, at)
}

export function bookServer(cloud: Cloud, row: StoredRow, change: { servers: number; cpu: number; ram: number }, at: number): void {
  const price = ratesOf(cloud, Number(row['cn']))
  const kind = prefix(Number(row['hypervisor']))
  const rate = Math.round(price(`${kind}_cpu`) * change.cpu + price(`${kind}_ram`) * change.ram)
  book(cloud, Number(row['cn']), { ...change, rate }, at)
}

export function bookDisk(cloud: Cloud, row: StoredRow, size: number, at: number): void {
  const place = Number(row['class'])
  const service = cloud.catalogue.storage[place]?.billing_class.id ?? ''
  book(cloud, Number(row['cn']), { disk: { place, size }, rate: Math.round(ratesOf(cloud, Number(row['cn']))(service) * size) }, at)
}

export interface PlainChange {
  readonly kind: 'ip' | 'networks' | 'routers'
  readonly amount: number
  readonly hypervisor: number
}

export function bookPlain(cloud: Cloud, row: StoredRow, { kind, amount, hypervisor }: PlainChange, at: number): void {
  const service = kind === 'ip' ? 'public_ip' : `${prefix(hypervisor)}_${kind === 'networks' ? 'network' : 'router'}`
  book(cloud, Number(row['cn']), { [kind]: amount, rate: amount * ratesOf(cloud, Number(row['cn']))(service) }, at)
}

export function resizeServer(cloud: Cloud, row: StoredRow, size: { cpu: number; ram: number }, at: number): void {
  bookServer(cloud, row, { servers: 0, cpu: size.cpu - Number(row['cpu']), ram: size.ram - Number(row['ram']) }, at)
  rewrite(cloud, 'vm', row, { ...size }, { ...size })
  patchRows(cloud, 'disk', ['vm', row.id], row.id, { ...size })
}

export function resizeDisk(cloud: Cloud, row: StoredRow, size: number, at: number): void {
  bookDisk(cloud, row, size - Number(row['size']), at)
  rewrite(cloud, 'disk', row, { size }, { size })
  patchServerOf(cloud, row, (body) => patchNested(body, row.id, { size }) as Body)
}

export function patchServerOf(cloud: Cloud, part: StoredRow, change: (body: Body) => Body): void {
  const vm = typeof part['vm'] === 'string' ? cloud.store.byId('vm', part['vm']) : undefined
  if (vm !== undefined) cloud.store.update('vm', vm.n, { body: JSON.stringify(change(bodyOf(vm))) })
}
