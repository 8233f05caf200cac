import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { systemClock } from '../../../electron/core/clock'
import { openStore } from '../../../electron/core/store/connection'
import { run, sql } from '../../../electron/core/store/sql'
import { taskThreads } from '../../../electron/core/store/tasks/threads'
import { longestBlock } from '../../support/core-block'
import { makeLocal } from '../../support/large-local'
import { freshFolder, root, type Measure } from '../support/context'
import { row, type Row } from '../support/row'
import { largest, must, timed } from '../support/sample'
import { KEY } from '../support/store'

const BYTES = 500_000_000
const ROUNDS = 3
const worker = join(root, 'out/main/store-worker.js')

/** P22: how long the core answers nobody while its local.db is opened, read through and copied, with what is written beside the copy. Baseline: the same thread for as long, with nothing going on. */
export const measure: Measure = async (context) => {
  must(existsSync(worker), 'there is no built worker')
  const folder = freshFolder(context, 'local-file')
  makeLocal({ folder, key: KEY, bytes: BYTES })
  const tasks = taskThreads(pathToFileURL(worker))
  const open: number[] = []
  const check: { block: number; took: number }[] = []
  const backup: { block: number; took: number }[] = []
  const idle: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const opened = timed(() => openStore({ folder, key: KEY, clock: systemClock, tasks }))
    const store = opened.value
    must(store.isBeingChecked(), 'the file was not large enough to be checked behind')
    open.push(opened.ms)
    check.push(await longestBlock(() => store.checkLocal()))
    idle.push((await longestBlock(() => new Promise((resolve) => setTimeout(resolve, check.at(-1)?.took)))).block)
    let written = 0
    const timer = setInterval(
      () => run(store.local, sql`INSERT OR REPLACE INTO preference (key, value) VALUES ('beside', ${String(++written)})`),
      50,
    )
    backup.push(await longestBlock(() => store.backupDaily()))
    clearInterval(timer)
    store.close()
    const backups = join(folder, 'backups')
    must(readdirSync(backups).some((name) => name.endsWith('.db')) && written > 0, 'no backup was made beside writing')
    rmSync(backups, { recursive: true })
  }
  const size = `${String(BYTES / 1_000_000)} MB`
  const line = (key: string, what: string, runs: { block: number; took: number }[]): Row =>
    row({
      key,
      what,
      unit: 'ms',
      figure: largest(runs.map(({ block }) => block)),
      baseline: largest(idle),
      atMost: 50,
      size,
      note: `${(largest(runs.map(({ took }) => took)) / 1000).toFixed(1)} s in another thread; opening took ${largest(open).toFixed(0)} ms`,
    })
  return [
    line('P22', 'longest block of the core while local.db is checked', check),
    line('P22.backup', 'the same while it is copied and written to', backup),
  ]
}
