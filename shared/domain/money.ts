/** An amount in whole minor units (kopecks) of one currency. Never a float; amounts of two currencies are never added. */
export interface Money {
  minor: number
  currency: string
}

/** Sums amounts by currency; the order of first appearance is kept. Exact, integers only. */
export const sumByCurrency = (amounts: Iterable<Money>): Money[] => {
  const totals = new Map<string, bigint>()
  for (const { minor, currency } of amounts) totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(minor))
  return [...totals].map(([currency, minor]) => {
    if (minor > BigInt(Number.MAX_SAFE_INTEGER) || minor < -BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('total too large')
    return { minor: Number(minor), currency }
  })
}
