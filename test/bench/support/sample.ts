/** Statistics of the runs: a median of at least five, a 95th percentile of at least thirty. */
const LEAST_FOR_MEDIAN = 5
const LEAST_FOR_P95 = 30

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)
const at = (values: readonly number[], share: number): number => sorted(values)[Math.ceil(values.length * share) - 1] ?? NaN

export const median = (values: readonly number[]): number => {
  if (values.length < LEAST_FOR_MEDIAN) throw new Error(`a median of ${String(values.length)} runs says nothing`)
  return at(values, 0.5)
}
export const p95 = (values: readonly number[]): number => {
  if (values.length < LEAST_FOR_P95) throw new Error(`a 95th percentile of ${String(values.length)} runs says nothing`)
  return at(values, 0.95)
}
export const largest = (values: readonly number[]): number => {
  if (values.length === 0) throw new Error('nothing was measured')
  return Math.max(...values)
}

export const timed = <T>(work: () => T): { ms: number; value: T } => {
  const from = performance.now()
  const value = work()
  return { ms: performance.now() - from, value }
}
export const timedAsync = async <T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> => {
  const from = performance.now()
  const value = await work()
  return { ms: performance.now() - from, value }
}

/** Runs several things in turn, so that a machine that grows slower meanwhile is unfair to none of them. */
export const inTurn = async <K extends string>(
  rounds: number,
  works: Record<K, () => number | Promise<number>>,
): Promise<Record<K, number[]>> => {
  const names = Object.keys(works) as K[]
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>
  for (let round = 0; round < rounds; round++) for (const name of names) figures[name].push(await works[name]())
  return figures
}

/** Stops a measurement of something that did not happen. */
export const must = (condition: boolean, what: string): void => {
  if (!condition) throw new Error(what)
}
