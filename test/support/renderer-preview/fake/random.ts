/** A number from 0 to 1 that depends only on its keys, so one row of a million is made without the rows before it. */
export const noise = (...keys: number[]): number => {
  let hash = 0x9e3779b9
  for (const key of keys) {
    hash = Math.imul(hash ^ key, 0x85ebca6b)
    hash ^= hash >>> 13
    hash = Math.imul(hash, 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return (hash >>> 0) / 4294967296
}
export const whole = (min: number, max: number, ...keys: number[]): number => Math.floor(min + noise(...keys) * (max - min + 1))
export const pick = <T>(from: readonly T[], ...keys: number[]): T => from[Math.floor(noise(...keys) * from.length)] as T
