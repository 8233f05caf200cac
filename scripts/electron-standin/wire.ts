/**
 * A little of structured clone over JSON, for values that cross between main and a page. The functions are also sent
 * into the page as source text, so they may use nothing from outside themselves but each other.
 */
export function toWire(value: unknown): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $: 'n', v: String(value) }
  if (value === undefined) return { $: 'u' }
  if (typeof value === 'bigint') return { $: 'i', v: String(value) }
  if (typeof value !== 'object') throw new Error('An object could not be cloned.')
  if (Array.isArray(value)) return value.map(toWire)
  if (value instanceof Date) return { $: 'd', v: value.getTime() }
  if (value instanceof Uint8Array) return { $: 'b', v: btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join('')) }
  if (value instanceof Error) return { $: 'e', n: value.name, m: value.message }
  if (value instanceof Map || value instanceof Set || value instanceof Promise) throw new Error('An object could not be cloned.')
  const plain = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toWire(part)]))
  return Object.hasOwn(plain, '$') ? { $: 'o', v: plain } : plain
}

export function fromWire(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(fromWire)
  const coded = value as { $?: string; v?: unknown; n?: string; m?: string }
  switch (coded.$) {
    case undefined:
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fromWire(part)]))
    case 'n':
      return Number(coded.v)
    case 'i':
      return BigInt(String(coded.v))
    case 'd':
      return new Date(Number(coded.v))
    case 'b':
      return Uint8Array.from(atob(String(coded.v)), (letter) => letter.charCodeAt(0))
    case 'e':
      return Object.assign(new Error(coded.m), { name: coded.n })
    case 'o':
      return Object.fromEntries(Object.entries(coded.v as object).map(([key, part]) => [key, fromWire(part)]))
    default:
      return undefined
  }
}

/** The same two functions as source text, for the preload's world. */
export const wireSource = `${toWire.toString()}\n${fromWire.toString()}`
