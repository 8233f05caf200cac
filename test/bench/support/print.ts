import type { Row } from './row'

const shown = (value: number | null): string =>
  value === null ? '–' : value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })
const cells = (it: Row): string[] => [
  it.key,
  it.what,
  `${shown(it.figure)} ${it.figure === null ? '' : it.unit}`.trim(),
  shown(it.baseline),
  shown(it.ratio),
  it.budget,
  it.ok ? 'yes' : 'NO',
  it.size,
]
const HEAD = ['key', 'what', 'figure', 'baseline', 'ratio', 'budget', 'ok', 'size']

/** The table, a line a figure, with what a person should know about it below. */
export const tableOf = (rows: readonly Row[]): string => {
  const lines = [HEAD, ...rows.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const notes = rows.filter((it) => it.note !== '').map((it) => `  ${it.key}: ${it.note}`)
  return [...text, ...(notes.length === 0 ? [] : ['', ...notes])].join('\n')
}

export const jsonOf = (rows: readonly Row[]): string =>
  `${JSON.stringify(
    rows.map(({ key, figure, baseline, ratio, budget, ok }) => ({ key, figure, baseline, ratio, budget, ok })),
    null,
    2,
  )}\n`
