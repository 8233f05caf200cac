import { rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobRow } from '@shared/ipc/jobs'
import { exportTo } from '../../support/exporting'
import { freshFolder, type Measure } from '../support/context'
import { startCore, type CoreProcess } from '../support/core-process'
import { fillLargeStore, LARGE } from '../support/large-store'
import { row } from '../support/row'
import { must } from '../support/sample'

const fields = ['name', 'contractName', 'planName', 'partnerName', 'paymentModel', 'createdAt'].map((field) => ({
  ...{ field, as: field === 'createdAt' ? ('moment' as const) : ('text' as const), title: field },
}))
const numbers = ['projects', 'servers', 'cpu', 'ramGb', 'volumeGb'].map((field) => ({ field, as: 'number' as const, title: field }))
const COLUMNS = [...fields, ...numbers, { field: 'balance', as: 'money' as const, title: 'balance' }]
const ROUNDS = 5
const LOOK_MS = 5
const QUIET_MS = 3000

/** P11.csv: a list of 100,000 rows and 12 columns written as a job, kept sealed and saved in plain, while the core answers. */
export const measure: Measure = async (context) => {
  const folder = freshFolder(context, 'list-export')
  ;(await fillLargeStore(folder)).close()
  const core = await startCore({ folder })
  try {
    await core.call('clients', 'list', { query: exportTo('').query, offset: 0, limit: 1 })
    const before = await residentMb(core.pid)
    const quiet = await longestAnswer(core, QUIET_MS)
    const path = join(folder, 'out.csv')
    const rounds: Run[] = []
    for (let n = 0; n < ROUNDS; n++) rounds.push(await once(core, path))
    const cancels: number[] = []
    for (let n = 0; n < ROUNDS; n++) cancels.push(await cancelled(core, path))
    const most = (of: (run: Run) => number): number => Math.max(...rounds.map(of))
    const size = `${LARGE.toLocaleString('en')} rows × ${COLUMNS.length.toString()} columns`
    const rate = LARGE / (rounds.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 1)
    return [
      row({ key: 'P11.csv', what: 'export of a list as a job, kept and saved', unit: 'rows/s', figure: rate * 1000, size }),
      row({
        key: 'P11.csv.block',
        what: 'longest answer of the core meanwhile',
        unit: 'ms',
        figure: most(({ block }) => block),
        baseline: quiet,
        atMost: 50,
        size,
      }),
      row({
        key: 'P11.csv.memory',
        what: 'memory of core and thread above rest',
        unit: 'MB',
        figure: most(({ mb }) => mb) - before,
        atMost: 180,
        size,
      }),
      row({ key: 'P11.csv.cancel', what: 'cancel → told as cancelled', unit: 'ms', figure: Math.max(...cancels), atMost: 200, size }),
    ]
  } finally {
    await core.stop()
  }
}

interface Run {
  ms: number
  block: number
  mb: number
}
const residentMb = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024
}
const jobOf = async (core: CoreProcess, id: string): Promise<JobRow | undefined> =>
  ((await core.call('jobs', 'list', {})) as { rows: JobRow[] }).rows.find((job) => job.id === id)
const begin = async (core: CoreProcess, path: string): Promise<string> =>
  ((await core.call('internal', 'exportList', exportTo(path, { columns: COLUMNS }))) as { jobId: string }).jobId

/** The same asking while nothing runs: what the machine itself makes of it. */
const longestAnswer = async (core: CoreProcess, ms: number): Promise<number> => {
  let longest = 0
  for (const end = performance.now() + ms; performance.now() < end;) {
    const at = performance.now()
    await core.call('jobs', 'list', {})
    longest = Math.max(longest, performance.now() - at)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  return longest
}

/** Asks the core all the time while the job runs: an answer that takes long is one that was blocked. */
const once = async (core: CoreProcess, path: string): Promise<Run> => {
  const from = performance.now()
  let [block, mb] = [0, 0]
  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    const at = performance.now()
    const answer = await work()
    block = Math.max(block, performance.now() - at)
    return answer
  }
  const id = await asked(() => begin(core, path))
  for (;;) {
    const job = await asked(() => jobOf(core, id))
    if (job && job.endedAt !== null) {
      must(job.state === 'done' && job.result?.kind === 'list-export' && job.result.rows === LARGE, `the export ended as ${job.state}`)
      rmSync(path)
      return { ms: performance.now() - from, block, mb }
    }
    mb = Math.max(mb, await residentMb(core.pid))
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

const cancelled = async (core: CoreProcess, path: string): Promise<number> => {
  const id = await begin(core, path)
  while (((await jobOf(core, id))?.progress?.done ?? 0) === 0) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  const from = performance.now()
  await core.call('jobs', 'cancel', { id })
  for (;;) {
    const job = await jobOf(core, id)
    if (job && job.endedAt !== null) {
      must(job.state === 'cancelled', `the job ended as ${job.state}`)
      return performance.now() - from
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
