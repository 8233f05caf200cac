import '@renderer/styles/tokens.css'
import TimeChart from '@renderer/ui/chart/TimeChart.vue'
import type { TimePoint } from '@renderer/ui/chart/use-time-chart'
import { createApp, h } from 'vue'

/** Mounts the console's own chart over the given points. @returns the moment at which the frame with its picture was painted. */
const mountChart = async (points: TimePoint[]): Promise<number> => {
  const box = document.querySelector<HTMLElement>('#app')
  if (!box) throw new Error('no place for the chart')
  box.style.cssText = 'width:1200px;height:500px'
  createApp({ render: () => h(TimeChart, { points, series: 'cpu', name: 'CPU' }) }).mount(box)
  // The chart waits for its fonts before it draws, so the first frame may be too early.
  for (;;) {
    const frame = afterFrame(() => isDrawn(box.querySelector('canvas')))
    const { drawn, at } = await frame
    if (drawn) return at
  }
}

const afterFrame = (look: () => boolean): Promise<{ drawn: boolean; at: number }> =>
  new Promise((done) =>
    requestAnimationFrame(() => {
      const drawn = look()
      const channel = new MessageChannel()
      channel.port1.onmessage = () => done({ drawn, at: performance.now() })
      channel.port2.postMessage(0)
    }),
  )

/** One column of pixels in the middle: the line or what is filled under it crosses it. */
const isDrawn = (canvas: HTMLCanvasElement | null): boolean => {
  if (canvas === null || canvas.width < 200) return false
  const pixels = canvas.getContext('2d')?.getImageData(canvas.width >> 1, 0, 1, canvas.height).data ?? new Uint8ClampedArray()
  return pixels.some((value) => value !== 0)
}

Object.assign(window, { benchMountChart: mountChart })
