import { CategoryScale, Chart, Decimation, Filler, LinearScale, LineController, LineElement, PointElement } from 'chart.js'

Chart.register(LineController, LineElement, PointElement, LinearScale, CategoryScale, Filler, Decimation)

/** chart.js alone over all source points, thinned out by its own decimation. */
const drawAll = (points: number): void => {
  const canvas = canvasIn('#app')
  let value = 100
  let seed = 12345
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647
  const data = Array.from({ length: points }, (_, x) => ({ x, y: (value += random() - 0.5) }))
  new Chart(canvas, {
    type: 'line',
    data: { datasets: [{ data, pointRadius: 0, borderWidth: 1, indexAxis: 'x' }] },
    options: {
      animation: false,
      responsive: false,
      parsing: false,
      normalized: true,
      plugins: { decimation: { enabled: true, algorithm: 'min-max' } },
      scales: { x: { type: 'linear' } },
    },
  })
}

const canvasIn = (selector: string): HTMLCanvasElement => {
  const canvas = document.createElement('canvas')
  canvas.width = 1200
  canvas.height = 500
  document.querySelector(selector)?.append(canvas)
  return canvas
}

Object.assign(window, { benchDrawAll: drawAll })
