import { CategoryScale, Chart, Filler, LinearScale, LineController, LineElement, PointElement } from 'chart.js'
import { ledger } from './ledger'

Chart.register(LineController, LineElement, PointElement, LinearScale, CategoryScale, Filler, ledger)
export { Chart }
