import type { Listener } from '../listener'
import type { RunningApi } from '../rustack/assemble'
import type { Churn } from '../rustack/churn/churn'
import type { Pace } from '../rustack/churn/pace'
import type { Cloud } from '../rustack/cloud'
import type { Simulation } from '../rustack/simulation/run'

/** What the control socket works on. */
export interface ControlParts {
  readonly cloud: Cloud
  readonly api: RunningApi
  readonly listener: Listener
  readonly simulation: Simulation
  readonly churn: Churn
  readonly pace: Pace
  readonly secret: string
}

export class ControlError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}
