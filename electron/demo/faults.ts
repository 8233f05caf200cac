import type { Random } from './random'

/** What may go wrong with one request of the API; `slow` is rolled apart from the others, so both can happen. */
export type FaultKind = '500' | '429' | '409' | 'drop' | 'garbage' | 'slow'
export type FaultRates = Readonly<Partial<Record<FaultKind, number>>>
export type Fault = '500' | '429' | '409' | 'drop-before' | 'drop-after' | 'garbage' | undefined

const KINDS: readonly FaultKind[] = ['500', '429', '409', 'drop', 'garbage', 'slow']
const EXCLUSIVE: readonly FaultKind[] = ['500', '429', '409', 'drop', 'garbage']

function isKind(text: string): text is FaultKind {
  return (KINDS as readonly string[]).includes(text)
}

/** Reads `500:0.05,drop:0.02`; throws a plain sentence on anything else. An empty text means no faults. */
export function parseFaults(spec: string): FaultRates {
  const rates: Partial<Record<FaultKind, number>> = {}
  for (const part of spec.split(',').filter((piece) => piece.trim() !== '')) {
    const [kind = '', rate = ''] = part.trim().split(':')
    const value = Number(rate)
    if (!isKind(kind)) throw new Error(`unknown fault "${kind}": use ${KINDS.join(', ')}`)
    if (rate === '' || !(value >= 0 && value <= 1)) throw new Error(`the rate of fault "${kind}" must be from 0 to 1`)
    rates[kind] = value
  }
  if (EXCLUSIVE.reduce((sum, kind) => sum + (rates[kind] ?? 0), 0) > 1) throw new Error('the rates of the faults add up to more than 1')
  return rates
}

export interface FaultDice {
  /** One roll per request: at most one fault, and a delay of its own. */
  roll(): { fault: Fault; delayMs: number }
  replace(rates: FaultRates): void
  rates(): FaultRates
}

function chosen(rates: FaultRates, random: Random): Fault {
  let left = random.next()
  const half = random.chance(0.5)
  for (const kind of EXCLUSIVE) {
    left -= rates[kind] ?? 0
    if (left < 0) return kind === 'drop' ? (half ? 'drop-before' : 'drop-after') : (kind as Fault)
  }
  return undefined
}

export function faultDice(initial: FaultRates, random: Random): FaultDice {
  let rates = initial
  return {
    roll: () => {
      const fault = chosen(rates, random)
      const slow = random.chance(rates.slow ?? 0)
      const delayMs = slow ? 300 + random.int(0, 1700) : 0
      return { fault, delayMs }
    },
    replace: (wanted) => {
      rates = wanted
    },
    rates: () => rates,
  }
}
