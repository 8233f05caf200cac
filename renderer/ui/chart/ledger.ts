import type { Chart, Plugin } from 'chart.js'

export interface LedgerLook {
  color: string
  ink: string
  soft: string
  quiet: string
  over: string
  ground: string
}
export interface LedgerOptions {
  limit: number | null
  limitText: string
  endText: string
  gapText: string
  hover: number | null
  hoverText: string
  look: LedgerLook
}
type Line = Chart<'line'>
const FONT = '11px "IBM Plex Sans"'
const STRONG = '600 12px "IBM Plex Sans"'

export const optionsOf = (chart: Line): LedgerOptions | undefined => (chart.options.plugins as unknown as { ledger?: LedgerOptions }).ledger
const values = (chart: Line): (number | null)[] => (chart.data.datasets[0]?.data ?? []) as (number | null)[]
const xOf = (chart: Line, i: number): number => chart.scales['x']?.getPixelForValue(i) ?? 0
const yOf = (chart: Line, value: number): number => chart.scales['y']?.getPixelForValue(value) ?? 0

/** Runs of missing values that have a value on both sides, as the indexes of those. What is missing at the ends is just not drawn. */
export const gapsOf = (data: readonly (number | null)[]): { from: number; to: number }[] => {
  const gaps: { from: number; to: number }[] = []
  let before: number | null = null
  data.forEach((value, i) => {
    if (value === null) return
    if (before !== null && i - before > 1) gaps.push({ from: before, to: i })
    before = i
  })
  return gaps
}

const hatch = (chart: Line, gap: { from: number; to: number }, color: string): void => {
  const { ctx, chartArea: area } = chart
  const [left, right] = [xOf(chart, gap.from), xOf(chart, gap.to)]
  ctx.save()
  ctx.beginPath()
  ctx.rect(left, area.top, right - left, area.bottom - area.top)
  ctx.clip()
  ctx.strokeStyle = color
  ctx.lineWidth = 1
  for (let at = left - area.bottom; at < right; at += 6) {
    ctx.beginPath()
    ctx.moveTo(at, area.bottom)
    ctx.lineTo(at + (area.bottom - area.top), area.top)
    ctx.stroke()
  }
  ctx.restore()
}
const sayGap = (chart: Line, gap: { from: number; to: number }, { gapText, look }: LedgerOptions): void => {
  const { ctx, chartArea: area } = chart
  const middle = (xOf(chart, gap.from) + xOf(chart, gap.to)) / 2
  ctx.font = FONT
  const width = ctx.measureText(gapText).width + 8
  if (width > xOf(chart, gap.to) - xOf(chart, gap.from) + 60) return
  ctx.textAlign = 'center'
  ctx.fillStyle = look.ground
  ctx.fillRect(middle - width / 2, area.bottom - 22, width, 16)
  ctx.fillStyle = look.quiet
  ctx.fillText(gapText, middle, area.bottom - 14)
}
const dot = (chart: Line, i: number, radius: number, look: LedgerLook): void => {
  const value = values(chart)[i]
  if (value === null || value === undefined) return
  const { ctx } = chart
  ctx.beginPath()
  ctx.arc(xOf(chart, i), yOf(chart, value), radius, 0, 7)
  ctx.fillStyle = look.color
  ctx.fill()
  ctx.strokeStyle = look.ground
  ctx.lineWidth = 1.5
  ctx.stroke()
}
const limitLine = (chart: Line, { limit, limitText, look }: LedgerOptions): void => {
  if (limit === null || limit > (chart.scales['y']?.max ?? 0)) return
  const { ctx, chartArea: area } = chart
  const y = Math.round(yOf(chart, limit)) + 0.5
  ctx.setLineDash([5, 4])
  ctx.strokeStyle = look.over
  ctx.lineWidth = 1
  ctx.beginPath()
  ctx.moveTo(area.left, y)
  ctx.lineTo(area.right, y)
  ctx.stroke()
  ctx.setLineDash([])
  ctx.font = FONT
  ctx.fillStyle = look.over
  ctx.textAlign = 'left'
  ctx.fillText(limitText, area.right + 8, y)
}
/** The last known value at the end of its line, kept clear of the limit's words. */
const endLabel = (chart: Line, { limit, endText, look }: LedgerOptions): void => {
  const data = values(chart)
  const last = data.findLastIndex((value) => value !== null)
  const value = data[last]
  if (value === undefined || value === null) return
  dot(chart, last, 3.5, look)
  const y = yOf(chart, value)
  const limitY = limit === null ? -99 : yOf(chart, limit)
  const clear = Math.abs(y - limitY) < 15 ? limitY + (Math.sign(y - limitY) || 1) * 15 : y
  const { ctx, chartArea: area } = chart
  ctx.font = STRONG
  ctx.fillStyle = look.ink
  ctx.textAlign = 'left'
  ctx.fillText(endText, area.right + 8, clear)
}
const pointer = (chart: Line, { hover, hoverText, look }: LedgerOptions): void => {
  if (hover === null) return
  const { ctx, chartArea: area } = chart
  const x = Math.round(xOf(chart, hover)) + 0.5
  ctx.strokeStyle = look.ink
  ctx.globalAlpha = 0.35
  ctx.lineWidth = 1
  ctx.beginPath()
  ctx.moveTo(x, area.top)
  ctx.lineTo(x, area.bottom)
  ctx.stroke()
  ctx.globalAlpha = 1
  dot(chart, hover, 3.5, look)
  ctx.font = STRONG
  const width = ctx.measureText(hoverText).width + 12
  const left = Math.max(area.left, Math.min(area.right - width, x - width / 2))
  ctx.fillStyle = look.ink
  ctx.beginPath()
  ctx.roundRect(left, area.top - 4, width, 20, 4)
  ctx.fill()
  ctx.fillStyle = look.ground
  ctx.textAlign = 'left'
  ctx.fillText(hoverText, left + 6, area.top + 6.5)
}

/** Direct labels instead of a legend: the limit as a line, the last value at its end, a gap that says that it is one. */
export const ledger: Plugin<'line'> = {
  id: 'ledger',
  beforeDatasetsDraw: (chart) => {
    const options = optionsOf(chart)
    if (options) for (const gap of gapsOf(values(chart))) hatch(chart, gap, options.look.soft)
  },
  afterDatasetsDraw: (chart) => {
    const options = optionsOf(chart)
    if (!options) return
    chart.ctx.save()
    chart.ctx.textBaseline = 'middle'
    limitLine(chart, options)
    for (const gap of gapsOf(values(chart))) sayGap(chart, gap, options)
    endLabel(chart, options)
    pointer(chart, options)
    chart.ctx.restore()
  },
}
