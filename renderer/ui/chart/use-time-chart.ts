import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import type { UiContext } from '../context'
import type { Chart as ChartOf } from 'chart.js'
import { optionsOf, type LedgerLook, type LedgerOptions } from './ledger'
import { pointWords, tickWords, topOf } from './time-ticks'

export interface TimePoint {
  at: number
  /** null: nothing is known of this moment; hatched, never drawn as zero. */
  value: number | null
}
export interface TimeChartProps {
  points: readonly TimePoint[]
  /** Which series' colour: cpu, ram, ssd, sas, sata, ip, net. */
  series: string
  /** What the chart shows, in words: its accessible name. */
  name: string
  limit?: number | null | undefined
  unit?: string | undefined
  /** A value with its unit in words, where the unit is declined by it. */
  amount?: ((value: number) => string) | undefined
  /** Top of the axis; without it a round number above the highest value and a limit that is not far away. */
  max?: number | undefined
  /** No words under the time axis: for the upper of two panels. */
  bare?: boolean | undefined
  /** The most words under the time axis. */
  ticks?: number | undefined
  /** A platform's day boundary, where the points are billing days. */
  offset?: number | undefined
}

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
const lookOf = (series: string): LedgerLook => ({
  color: token(`--s-${series}`),
  ink: token('--c-ink'),
  soft: token('--c-line-strong'),
  quiet: token('--c-ink-3'),
  over: token('--c-over'),
  ground: token('--c-surface'),
})
const FONT = { family: 'IBM Plex Sans', size: 11 }

/** One line over time on a canvas, drawn again when data, theme or language change. */
export const useTimeChart = (
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  props: TimeChartProps,
  hover: Ref<number | null>,
  ui: UiContext,
) => {
  let chart: ChartOf<'line'> | undefined
  // The library comes after the first paint: a screen's figures do not wait for its chart.
  let Chart: typeof ChartOf | undefined
  const f = ui.format
  const span = (): number => (props.points.at(-1)?.at ?? 0) - (props.points[0]?.at ?? 0)
  const figure = (value: number | null | undefined): string =>
    value === null || value === undefined
      ? ui.text('noData')
      : (props.amount?.(value) ?? `${f.num(value)}${props.unit ? `\u00a0${props.unit}` : ''}`)
  const say = (i: number): string => {
    const point = props.points[i]
    return point ? ui.text('chartPoint', { at: pointWords(point.at, span(), f, props.offset), value: figure(point.value) }) : ''
  }
  const ledger = (): LedgerOptions => ({
    limit: props.limit ?? null,
    limitText: props.limit === null || props.limit === undefined ? '' : ui.text('limit', { value: f.num(props.limit) }),
    endText: f.num(props.points.findLast((point) => point.value !== null)?.value ?? 0),
    gapText: ui.text('noData'),
    hover: hover.value,
    hoverText: hover.value === null ? '' : say(hover.value),
    look: lookOf(props.series),
  })
  const draw = (): void => {
    chart?.destroy()
    if (!canvas.value || !Chart) return
    const options = ledger()
    const top = props.max ?? topOf(props.points, props.limit ?? null)
    const ink = options.look.quiet
    chart = new Chart(canvas.value, {
      type: 'line',
      data: {
        labels: props.points.map((point) => tickWords(point.at, span(), f, props.offset)),
        datasets: [
          {
            data: props.points.map((point) => point.value),
            borderColor: options.look.color,
            backgroundColor: `${options.look.color}14`,
            fill: 'start',
            borderWidth: 1.5,
            pointRadius: 0,
            tension: 0.15,
            spanGaps: false,
          },
        ],
      },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        layout: { padding: { right: 84, top: 6, left: 0 } },
        scales: {
          x: {
            grid: { display: false },
            border: { color: options.look.soft },
            ticks: { display: !props.bare, color: ink, maxRotation: 0, autoSkip: true, maxTicksLimit: props.ticks ?? 9, font: FONT },
          },
          y: {
            min: 0,
            max: top,
            border: { display: false },
            grid: { color: token('--s-grid'), drawTicks: false },
            ticks: {
              color: ink,
              padding: 8,
              maxTicksLimit: 5,
              includeBounds: false,
              font: FONT,
              callback: (value) => f.num(Number(value)),
            },
            afterFit: (scale) => void (scale.width = 54),
          },
        },
        plugins: { ledger: options } as never,
      },
    })
  }
  const indexAt = (x: number): number | null => {
    const found = chart?.scales['x']?.getValueForPixel(x)
    return found === undefined ? null : Math.max(0, Math.min(props.points.length - 1, found))
  }
  onMounted(async () => {
    const fonts = ['11px', '600 12px'].map((font) => document.fonts.load(`${font} "IBM Plex Sans"`, 'а1'))
    Chart = (await import('./register')).Chart
    await Promise.all(fonts)
    draw()
  })
  watch([() => props.points, () => props.limit, () => props.bare, ui.theme, ui.language], draw, { flush: 'post' })
  watch(hover, () => {
    const options = chart && optionsOf(chart)
    if (!chart || !options) return
    Object.assign(options, { hover: hover.value, hoverText: hover.value === null ? '' : say(hover.value) })
    chart.draw()
  })
  onBeforeUnmount(() => chart?.destroy())
  return { indexAt, say }
}
