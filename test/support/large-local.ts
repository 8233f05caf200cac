import { closeSync, fsyncSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { openFile } from '../../electron/core/store/open-file'
import { migrate } from '../../electron/core/store/migrate'
import { localMigrations } from '../../electron/core/store/migrations'
import { sizeOf } from '../../electron/core/store/files'

const ROW = 9000
const AT_ONCE = 500

/** A local.db of at least so many bytes, as an earlier run left it; `steps` short of the newest: of an earlier version. */
export const makeLocal = ({ folder, key, bytes, steps = localMigrations.length }: MadeLocal): string => {
  const path = join(folder, 'local.db')
  const db = openFile({ path, key, cacheKib: 8000 })
  migrate(db, { steps: localMigrations.slice(0, steps), file: 'local.db', backup: () => undefined })
  const insert = db.prepare(`INSERT INTO local_note (connection_id, uid, client_id, text, created_at) VALUES ('none', ?, 'k', ?, 1)`)
  db.pragma('synchronous = OFF')
  for (let made = 0; sizeOf(path) < bytes;) {
    db.transaction(() => {
      for (const end = made + Math.min(AT_ONCE, Math.ceil(bytes / ROW / 4)); made < end; made++)
        insert.run(`filling ${String(made)}`, 'x'.repeat(ROW))
    })()
    db.pragma('wal_checkpoint(TRUNCATE)')
  }
  db.close()
  // What was not written out yet would be paid for by the first commit of whoever is measured.
  const handle = openSync(path, 'r+')
  fsyncSync(handle)
  closeSync(handle)
  return path
}
interface MadeLocal {
  folder: string
  key: string
  bytes: number
  steps?: number
}
