/** A list that never works, or only for the next few requests; unlike a fault, which strikes any request by chance. */
export const BREAK_KINDS = [
  '500',
  '403',
  '404',
  '400',
  '429',
  'garbage',
  'html',
  'hang',
  'empty',
  'bare',
  'repeat',
  'moving',
  'unreadable',
  'page-total',
  'half-total',
  'cut',
] as const
export type BreakKind = (typeof BREAK_KINDS)[number]

export interface Break {
  /** The list's path without version and ids: `disk`, `client/limit`. */
  readonly list: string
  readonly kind: BreakKind
  /** How many requests it lasts; Infinity = until it is taken back. */
  readonly times: number
}

function isKind(text: string): text is BreakKind {
  return (BREAK_KINDS as readonly string[]).includes(text)
}

/** Reads `disk:500,client/limit:403,client:empty:1`; throws a plain sentence on anything else. An empty text means none. */
export function parseBreaks(spec: string): Break[] {
  const parts = spec.split(',').map((part) => part.trim())
  return parts.filter(Boolean).map((part) => {
    const [list = '', kind = '', times] = part.split(':')
    if (list === '') throw new Error(`"${part}" names no list`)
    if (!isKind(kind)) throw new Error(`unknown way to break "${kind}": use ${BREAK_KINDS.join(', ')}`)
    if (times !== undefined && !/^[1-9]\d*$/.test(times)) throw new Error(`"${part}": how often must be a whole number from 1`)
    return { list, kind, times: times === undefined ? Infinity : Number(times) }
  })
}

export interface Breaks {
  /** How this request for the list goes wrong, and the how many-th such request it is; counts it. */
  strike(list: string): { readonly kind: BreakKind; readonly count: number } | undefined
  /** @throws when a list is not one of the platform's. */
  replace(breaks: readonly Break[]): void
  list(): readonly Break[]
}

export function breaksOf(lists: readonly string[], initial: readonly Break[]): Breaks {
  const standing = new Map<string, Break & { count: number }>()
  const replace = (breaks: readonly Break[]) => {
    const unknown = breaks.find((one) => !lists.includes(one.list))
    if (unknown !== undefined) throw new Error(`there is no list "${unknown.list}": use ${lists.join(', ')}`)
    standing.clear()
    for (const one of breaks) standing.set(one.list, { ...one, count: 0 })
  }
  replace(initial)
  return {
    replace,
    strike: (list) => {
      const found = standing.get(list)
      if (found === undefined) return undefined
      found.count++
      if (found.count >= found.times) standing.delete(list)
      return { kind: found.kind, count: found.count }
    },
    list: () => [...standing.values()].map(({ count, ...one }) => ({ ...one, times: one.times - count })),
  }
}
