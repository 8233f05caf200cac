import { seededRandom, type Random } from '../../random'
import type { Cloud } from '../cloud'
import type { Rates } from '../plans'
import type { Vdc } from '../known/shapes'
import type { UsageChange } from '../usage'
import type { DatasetName } from '../datasets'
import type { Value } from '../store'

/** Builds the resources of one client. The seed and the simulation both use it. */
export interface ClientBuilder {
  readonly cloud: Cloud
  readonly random: Random
  readonly cn: number
  readonly rates: Rates
  /** The rate of everything booked so far: the caller puts it on the contract. */
  rate(): number
  /** What was booked so far, in the order of the limit types: servers, disks, volume, IP, networks, routers, RAM, CPU. */
  used(): readonly number[]
  book(at: number, change: UsageChange): void
  put(dataset: DatasetName, at: number, body: object, fields: Readonly<Record<string, Value>> & { id: string }): void
  price(service: string): number
}

export function clientBuilder(cloud: Cloud, cn: number, rates: Rates, random: Random = seededRandom(cloud.seed, 'rig', cn)): ClientBuilder {
  let rate = 0
  const used = new Array<number>(8).fill(0)
  return {
    cloud,
    random,
    cn,
    rates,
    rate: () => rate,
    used: () => used,
    book: (at, change) => {
      rate += change.rate ?? 0
      for (const [place, amount] of limitAmounts(change).entries()) used[place]! += amount
      cloud.usage.add(cn, at, change)
    },
    put: (dataset, at, body, fields) => {
      const name = typeof fields['name'] === 'string' ? fields['name'].toLowerCase() : null
      const ctime = typeof fields['ctime'] === 'string' ? fields['ctime'] : cloud.time.stamp(at, random)
      cloud.store.insert(dataset, { ...fields, ctime, name, cn, body: JSON.stringify(body) })
    },
    price: (service) => rates.get(service) ?? 0,
  }
}

function limitAmounts(change: UsageChange): number[] {
  const { servers = 0, disk, ip = 0, networks = 0, routers = 0, ram = 0, cpu = 0 } = change
  return [servers, Math.sign(disk?.size ?? 0), disk?.size ?? 0, ip, networks, routers, ram, cpu]
}

export const prefixOf = (vdc: Vdc) => (vdc.hypervisor === 0 ? 'kvm' : 'vmware')
