import type { SimClock } from '../clock'
import type { NaiveTime } from '../naive-time'
import type { Random } from '../random'
import type { Catalogue } from './catalogue'
import type { Fragments } from './fragments'
import type { Ledger } from './ledger'
import type { Plan, Rates } from './plans'
import type { Profile } from './profile'
import type { Store } from './store'
import type { Usage } from './usage'

export interface Partner {
  readonly id: string
  readonly name: string
}

/** The one who owns the token. */
export interface OwnAccount {
  readonly id: string
  readonly login: string
  readonly username: string
}

/** Everything the simulated cloud consists of; handlers, the seed and the simulation share it. */
export interface Cloud {
  readonly seed: number
  readonly epoch: number
  readonly store: Store
  readonly clock: SimClock
  /** The present, but never the same twice: what is made one after the other is so also while the clock stands. */
  readonly moment: () => number
  /** How times are written: without a zone. */
  readonly time: NaiveTime
  readonly catalogue: Catalogue
  readonly plans: readonly Plan[]
  readonly rates: readonly Rates[]
  readonly partners: readonly Partner[]
  readonly me: OwnAccount
  readonly colleagues: readonly OwnAccount[]
  readonly fragments: Fragments
  readonly usage: Usage
  readonly ledger: Ledger
  readonly profile: Profile
}

/** A change of a running cloud: where, at which simulated time, and with which random numbers. */
export interface Moment {
  readonly cloud: Cloud
  readonly random: Random
  readonly at: number
}
