/**
 * A little of structured clone over JSON, for values that cross between main and a page. The functions are also sent
 * into the page as source text, so they may use nothing from outside themselves but each other.
 */
export function toWire(value: unknown): unknown {
  return isJson(value) ? value : encode(value)
}

/** Nearly everything is plain JSON already, and goes as it is. */
export function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return value.every(isJson)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  const fields = value as Record<string, unknown>
  for (const key in fields) if (key === '$' || !isJson(fields[key])) return false
  return true
}

export function encode(value: unknown): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $: 'n', v: String(value) }
  if (value === undefined) return { $: 'u' }
  if (typeof value === 'bigint') return { $: 'i', v: String(value) }
  if (typeof value !== 'object') throw new Error('An object could not be cloned.')
  if (Array.isArray(value)) return value.map(encode)
  if (value instanceof Date) return { $: 'd', v: value.getTime() }
  if (value instanceof Uint8Array) return { $: 'b', v: btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join('')) }
  if (value instanceof Error) return { $: 'e', n: value.name, m: value.message }
  if (value instanceof Map || value instanceof Set || value instanceof Promise) throw new Error('An object could not be cloned.')
  const plain = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encode(part)]))
  return Object.hasOwn(plain, '$') ? { $: 'o', v: plain } : plain
}

/** Decodes in place what was just parsed: there is nobody else who holds it. */
export function fromWire(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  const fields = value as Record<string, unknown>
  if (typeof fields['$'] === 'string' && !Array.isArray(value)) return decode(fields as { $: string; v?: unknown; n?: string; m?: string })
  for (const key in fields) {
    const part = fields[key]
    if (part !== null && typeof part === 'object') fields[key] = fromWire(part)
  }
  return value
}

export function decode(coded: { $: string; v?: unknown; n?: string; m?: string }): unknown {
  switch (coded.$) {
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

/** The same functions as source text, for the preload's world. */
export const wireSource = [toWire, isJson, encode, fromWire, decode].map((one) => one.toString()).join('\n')
