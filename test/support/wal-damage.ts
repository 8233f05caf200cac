import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../electron/core/clock'
import { readNotices, type StoreNotice } from '../../electron/core/store/notices'
import { openLocal } from '../../electron/core/store/open-local'
import { temporaryFolder, TEST_KEY } from './store-in-folder'

const child = fileURLToPath(new URL('commits-child.ts', import.meta.url))
const hook = new URL('typescript-hook.mjs', import.meta.url).href

export interface Killed {
  folder: string
  /** Acknowledged notes and samples, with when they were. */
  notes: Map<string, number>
  samples: Map<string, number>
  killedAt: number
}

/** Lets a process write to a store for a while and kills it. */
export const killedWhileWriting = (forMs: number): Promise<Killed> =>
  new Promise((resolve, reject) => {
    const folder = temporaryFolder()
    const running = spawn(process.execPath, ['--import', hook, child, folder, TEST_KEY], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    let killedAt = 0
    running.stdout.on('data', (chunk: Buffer) => {
      if (said === '')
        setTimeout(() => {
          killedAt = Date.now()
          running.kill('SIGKILL')
        }, forMs)
      said += chunk.toString()
    })
    running.on('error', reject)
    running.on('close', () => {
      const lines = said
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split(' '))
      const of = (kind: string): Map<string, number> =>
        new Map(lines.filter(([what]) => what === kind).map(([, id = '', at]) => [id, Number(at)]))
      resolve({ folder, notes: of('note'), samples: of('sample'), killedAt })
    })
  })

export type Damage = { flip: number } | { cut: number } | 'deleted'

const spoil = (wal: string, damage: Damage): void => {
  if (!existsSync(wal)) return
  const { size } = statSync(wal)
  if (damage === 'deleted') rmSync(wal)
  else if ('cut' in damage) truncateSync(wal, Math.floor(size * damage.cut))
  else if (size > 0) {
    const bytes = readFileSync(wal)
    const at = Math.min(size - 1, Math.floor(size * damage.flip))
    bytes[at] = (bytes[at] ?? 0) ^ 0x10
    writeFileSync(wal, bytes)
  }
}

export interface Found {
  notes: Set<string>
  samples: Set<string>
  notices: StoreNotice[]
}

/** What a copy of the folder holds, once its log was damaged. */
export const openedAfter = (killed: Killed, damage: Damage): Found => {
  const folder = temporaryFolder()
  try {
    for (const name of ['local.db', 'local.db-wal', 'commits.ledger']) copyFileSync(join(killed.folder, name), join(folder, name))
    spoil(join(folder, 'local.db-wal'), damage)
    const { db, keeper, ledger } = openLocal({ folder, key: TEST_KEY, clock: systemClock })
    const ids = (query: string): Set<string> => new Set(db.prepare(query).pluck().all().map(String))
    const found = { notes: ids('SELECT id FROM command'), samples: ids('SELECT at FROM sample'), notices: readNotices(db) }
    keeper.stop()
    db.close()
    ledger.close()
    return found
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Acknowledged and not there. */
export const lost = (acknowledged: ReadonlyMap<string, number>, found: ReadonlySet<string>): { id: string; at: number }[] =>
  [...acknowledged].filter(([id]) => !found.has(id)).map(([id, at]) => ({ id, at }))
