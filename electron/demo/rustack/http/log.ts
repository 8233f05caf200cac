/** What the API was asked lately, so that a test can count requests. Tokens are never kept, only whether one was right. */
export interface LogEntry {
  readonly n: number
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: string
  /** 0 = the socket was closed without an answer. */
  readonly status: number
  readonly token: 'ok' | 'wrong' | 'none'
  readonly fault?: string
  readonly ms: number
}

export interface RequestLog {
  add(entry: Omit<LogEntry, 'n'>): void
  list(path: string | undefined): LogEntry[]
  counters(): { total: number; byStatus: Record<string, number>; byMethod: Record<string, number>; faults: Record<string, number> }
  clear(): void
}

const KEPT = 5000
const raise = (counts: Record<string, number>, key: string) => {
  counts[key] = (counts[key] ?? 0) + 1
}

export function requestLog(): RequestLog {
  let entries: LogEntry[] = []
  let counters = { total: 0, byStatus: {}, byMethod: {}, faults: {} }
  return {
    add: (entry) => {
      counters.total++
      raise(counters.byStatus, String(entry.status))
      raise(counters.byMethod, entry.method)
      if (entry.fault !== undefined) raise(counters.faults, entry.fault)
      entries.push({ n: counters.total, ...entry })
      if (entries.length > 2 * KEPT) entries = entries.slice(-KEPT)
    },
    list: (path) => entries.slice(-KEPT).filter((entry) => path === undefined || entry.path.startsWith(path)),
    counters: () => structuredClone(counters),
    clear: () => {
      entries = []
      counters = { total: 0, byStatus: {}, byMethod: {}, faults: {} }
    },
  }
}
