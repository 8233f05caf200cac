import { seededRandom } from '../../random'
import type { Cloud, Moment } from '../cloud'
import type { DatasetName } from '../datasets'
import { alter, ALTERATIONS } from './alterations'
import { countOf, type Population, POPULATIONS, removeAny, SERVERS } from './populations'

/** A cloud that does not keep still: rows are made, changed, moved and removed while lists are walked. */
export interface Change {
  readonly op: string
  readonly dataset: DatasetName
  readonly id: string
}

export interface Churn {
  /** So many changes at once, in one step. The choices are those of the seed and of how many changes there were before. */
  change(count: number, seed: number): Change[]
}

const TRIES = 40

/** The share of removals that keeps a population at about its size. */
function removalShare(count: number, wanted: number): number {
  return Math.min(0.95, Math.max(0.05, 0.5 + (count - wanted) / Math.max(4, wanted * 0.04)))
}

/** What goes takes servers with it: it stays while they are short, and a server is made in its place. */
const CONTAINERS: ReadonlySet<DatasetName> = new Set(['client', 'project', 'vdc'])
const SHORT = 0.95

export function churnOf(cloud: Cloud): Churn {
  const wanted = new Map<DatasetName, number>()
  const sizeOf = (moment: Moment, dataset: DatasetName) => {
    const count = countOf(moment, dataset)
    if (!wanted.has(dataset)) wanted.set(dataset, count)
    return { count, usual: wanted.get(dataset) ?? count }
  }
  const makeOne = (moment: Moment, { dataset, make }: Population): Change | undefined => {
    const id = make(moment)
    return id === undefined ? undefined : { op: 'create', dataset, id }
  }
  const resizePopulation = (moment: Moment, population: Population): Change | undefined => {
    const { dataset } = population
    const [{ count, usual }, servers] = [sizeOf(moment, dataset), sizeOf(moment, 'vm')]
    if (!moment.random.chance(removalShare(count, usual))) return makeOne(moment, population)
    if (CONTAINERS.has(dataset) && servers.count < servers.usual * SHORT) return makeOne(moment, SERVERS)
    const id = removeAny(moment, population)
    return id === undefined ? undefined : { op: 'delete', dataset, id }
  }
  const alterAny = (moment: Moment): Change | undefined => {
    const alteration = moment.random.weighted(ALTERATIONS)
    const id = alter(moment, alteration)
    return id === undefined ? undefined : { op: alteration.op, dataset: alteration.dataset, id }
  }
  const one = (seed: number): Change | undefined => {
    const made = Number(cloud.store.meta('churn') ?? 0) + 1
    cloud.store.setMeta('churn', String(made))
    const random = seededRandom(cloud.seed, 'churn', seed, made)
    for (let left = TRIES; left > 0; left--) {
      const moment = { cloud, random, at: cloud.moment() }
      const change = random.chance(0.5) ? resizePopulation(moment, random.weighted(POPULATIONS)) : alterAny(moment)
      if (change !== undefined) return change
    }
    return undefined
  }
  return {
    change: (count, seed) =>
      cloud.store.transaction(() => Array.from({ length: count }, () => one(seed)).filter((change) => change !== undefined)),
  }
}
