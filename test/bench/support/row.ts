/** One line of the table and of the JSON file. */
export interface Row {
  key: string
  what: string
  unit: string
  figure: number | null
  /** The same work with nothing of the console in it, from the same run. */
  baseline: number | null
  ratio: number | null
  budget: string
  ok: boolean
  /** What it was measured on. */
  size: string
  note: string
}

export interface Limits {
  atMost?: number
  atLeast?: number
  ratioAtLeast?: number
  ratioAtMost?: number
}
export interface Measured extends Limits {
  key: string
  what: string
  unit: string
  figure: number
  baseline?: number | null
  size: string
  note?: string
}

const round = (value: number): number => Number(value.toPrecision(4))
const budgetText = ({ atMost, atLeast, ratioAtLeast, ratioAtMost, unit }: Limits & { unit: string }): string =>
  [
    ratioAtLeast === undefined ? '' : `≥ ${ratioAtLeast} × baseline`,
    ratioAtMost === undefined ? '' : `≤ ${ratioAtMost} × baseline`,
    atLeast === undefined ? '' : `≥ ${atLeast.toLocaleString('en')} ${unit}`,
    atMost === undefined ? '' : `≤ ${atMost.toLocaleString('en')} ${unit}`,
  ]
    .filter((part) => part !== '')
    .join(', ')

/** Judges a figure. One that is no number, or says that nothing happened, is a failure of the measurement itself. */
export const row = (measured: Measured): Row => {
  const {
    key,
    what,
    unit,
    figure,
    baseline = null,
    size,
    note = '',
    atMost = Infinity,
    atLeast = -Infinity,
    ratioAtLeast = -Infinity,
    ratioAtMost = Infinity,
  } = measured
  if (!Number.isFinite(figure)) throw new Error(`${key}: nothing was measured (${what})`)
  const ratio = baseline === null || baseline === 0 ? null : figure / baseline
  const ratioHolds = (ratio ?? Infinity) >= ratioAtLeast && (ratio ?? -Infinity) <= ratioAtMost
  const ok = figure <= atMost && figure >= atLeast && ratioHolds
  return {
    key,
    what,
    unit,
    figure: round(figure),
    baseline: baseline === null ? null : round(baseline),
    ratio: ratio === null ? null : round(ratio),
    budget: budgetText(measured) || 'none',
    ok,
    size,
    note,
  }
}

/** What stands in the place of a figure that could not be taken. */
export const failedRow = (key: string, why: string): Row => ({
  key,
  what: 'NOT MEASURED',
  unit: '',
  figure: null,
  baseline: null,
  ratio: null,
  budget: 'none',
  ok: false,
  size: '',
  note: why,
})

/** A named key stands for all of its figures: `P8` is kept only if `P8.scroll` and the rest are. */
export const withParts = (rows: readonly Row[]): Row[] =>
  rows.map((it) => {
    const broken = rows.filter((other) => other.key.startsWith(`${it.key}.`) && !other.ok).map((other) => other.key)
    if (broken.length === 0) return it
    return { ...it, ok: false, note: [it.note, `missed: ${broken.join(', ')}`].filter((part) => part !== '').join('; ') }
  })
