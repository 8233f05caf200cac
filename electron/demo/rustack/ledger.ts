import type { SimClock } from '../clock'
import { hourOf } from '../naive-time'
import type { Store } from './store'

/**
 * Balances fall by the hour: what is ordered at the end of an hour is charged at its boundary. A contract keeps its balance at
 * one hour and its rate, so the balance of any moment is arithmetic and no job has to touch all contracts.
 * One unit is 1/240000 ruble: an hour of one rate unit (1/10000 ruble per day).
 */
export const UNITS_PER_KOPECK = 2400
export const kopecks = (units: number) => Math.round(units / UNITS_PER_KOPECK)

export interface Account {
  readonly balance: number
  readonly rate: number
  readonly settled: number
}

export interface Ledger {
  /** Kopecks now. */
  balance(account: Account): number
  /** A client's resources changed at that moment (now or a little earlier): charged from the next full hour on. */
  changeRate(contract: number, difference: number, at: number): void
  pay(contract: number, amount: number): void
  setBalance(contract: number, amount: number): void
  rate(contract: number): number
}

export function ledgerOf(store: Store, clock: SimClock): Ledger {
  const select = store.sql<[number], Account>('SELECT balance, rate, settled FROM contract WHERE n = ?')
  const units = (account: Account) => account.balance - account.rate * Math.max(0, hourOf(clock.now()) - account.settled)
  const rewrite = (contract: number, change: (balance: number, rate: number) => { balance: number; rate: number }) => {
    const account = select.get(contract)
    if (account === undefined) return
    store.update('contract', contract, { ...change(units(account), account.rate), settled: hourOf(clock.now()) })
  }
  return {
    balance: (account) => kopecks(units(account)),
    changeRate: (contract, difference, at) => {
      const late = Math.max(0, hourOf(clock.now()) - hourOf(at))
      rewrite(contract, (balance, rate) => ({ balance: balance - difference * late, rate: rate + difference }))
    },
    pay: (contract, amount) => {
      rewrite(contract, (balance, rate) => ({ balance: balance + amount * UNITS_PER_KOPECK, rate }))
    },
    setBalance: (contract, amount) => {
      rewrite(contract, (_, rate) => ({ balance: amount * UNITS_PER_KOPECK, rate }))
    },
    rate: (contract) => select.get(contract)?.rate ?? 0,
  }
}
