import type { Measure } from '../support/context'

/**
 * The groups of figures, each measured in a process of its own: what one leaves behind (heap, compiled code) is no
 * advantage or burden to the next. A group shares one running program or one filled store.
 */
export interface Group {
  /** Every one of them must come out of it. */
  keys: readonly string[]
  /** Figures of which it measures a part. */
  also?: readonly string[]
  load: () => Promise<{ measure: Measure }>
  /** Seconds after which it is given up. */
  patience: number
}

export const groups: Record<string, Group> = {
  start: { keys: ['P2'], load: () => import('./before-first-window'), patience: 60 },
  upsert: { keys: ['P5'], load: () => import('./upsert'), patience: 90 },
  pull: { keys: ['P6'], load: () => import('./pull'), patience: 200 },
  window: { keys: ['P1', 'P7'], also: ['P6', 'P16'], load: () => import('./window'), patience: 240 },
  largeWindow: { keys: ['P1@100k.window', 'P7@100k.window'], also: ['P1', 'P7'], load: () => import('./large-window'), patience: 400 },
  rest: { keys: ['P20'], load: () => import('./rest'), patience: 400 },
  table: { keys: ['P8'], load: () => import('./table'), patience: 150 },
  chart: { keys: ['P9'], load: () => import('./chart'), patience: 60 },
  large: { keys: ['P10'], also: ['P7', 'P20'], load: () => import('./large'), patience: 400 },
  listExport: { keys: ['P11.csv'], load: () => import('./list-export'), patience: 400 },
  growth: { keys: ['P18'], load: () => import('./growth'), patience: 420 },
  moving: { keys: ['P21'], load: () => import('./moving'), patience: 180 },
  bulk: { keys: ['X7'], load: () => import('./bulk'), patience: 400 },
  commands: { keys: ['P19'], load: () => import('./commands'), patience: 240 },
  localFile: { keys: ['P22'], also: ['P22.backup'], load: () => import('./local-file'), patience: 300 },
  ipc: { keys: ['P16'], load: () => import('./ipc'), patience: 90 },
}
