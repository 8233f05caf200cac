import type { Migration } from './migrations'
import type { Db } from './sql'
import { storageError, storageFailure } from './storage-error'

export const schemaVersion = (db: Db): number => Number(db.pragma('user_version', { simple: true }))

interface MigrateOptions {
  steps: readonly Migration[]
  file: string
  /** Keeps a copy of the file as it was; not called for a new file. */
  backup: (version: number) => void
}

/**
 * Brings a file's schema forward, one transaction a step. A file written by a newer version is refused, and a step
 * that fails leaves its file as it was and stops the start.
 */
export const migrate = (db: Db, { steps, file, backup }: MigrateOptions): void => {
  const version = schemaVersion(db)
  if (version > steps.length) throw storageFailure('newer-schema', `${file} was written by a newer version`, { file, version })
  if (version > 0 && version < steps.length) backup(version)
  for (const [index, step] of steps.entries()) {
    if (index >= version) apply(db, step, { version: index + 1, file })
  }
}

const apply = (db: Db, step: Migration, to: { version: number; file: string }): void => {
  try {
    db.transaction(() => {
      db.exec(step.sql)
      db.pragma(`user_version = ${String(to.version)}`)
    }).exclusive()
  } catch (error) {
    const coded = storageError(error, to.file)
    if (coded.code === 'disk-full') throw coded
    throw storageFailure(
      'migration-failed',
      `step ${step.name} of ${to.file} failed: ${coded.message}`,
      { file: to.file, step: step.name },
      error,
    )
  }
}
