/** Gathers what is shown otherwise than it is. */
export interface Comparison {
  same: (what: string, shown: unknown, wanted: unknown) => void
  readonly differences: string[]
}

const text = (value: unknown): string => JSON.stringify([value])

export const compare = (): Comparison => {
  const differences: string[] = []
  return {
    differences,
    same: (what, shown, wanted) => {
      if (text(shown) !== text(wanted)) differences.push(`${what}: ${text(shown)} is shown, ${text(wanted)} it is`)
    },
  }
}
