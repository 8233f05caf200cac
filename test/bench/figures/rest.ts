import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { ClientQuery } from '@shared/ipc/clients'
import type { SyncStatus } from '@shared/ipc/sync'
import type { Measure } from '../support/context'
import { startCore } from '../support/core-process'
import { LARGE } from '../support/large-store'
import { startPlatform } from '../support/platform'
import { startProgram } from '../support/program'
import { row, type Row } from '../support/row'
import { must } from '../support/sample'
import { untilSynced } from '../support/synced'

const SETTLE_MS = 15_000
const WATCHED_MS = 60_000
/** Of a clock tick in /proc, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100

interface Process {
  pid: number
  parent: number
  command: string
  ticks: number
  residentMb: number
}

const wholeList: ClientQuery = { connectionId: null, view: 'all', text: '', filters: [], sort: { by: 'name', desc: false } }

/** More would be read for many minutes after the first sync: each client has lists of its own. */
const MOST_CLIENTS = 2_000
const PATIENCE_S = 240

/** P20: what the program takes of the machine while nothing is to be done, its window in sight. Linux only. */
export const measure: Measure = async ({ clients }) => {
  const count = Math.min(clients, MOST_CLIENTS)
  const platform = await startPlatform(count)
  const program = await startProgram(platform)
  try {
    await untilSynced(program.status, PATIENCE_S)
    await untilChildrenRead(program.status)
    return await restRows(program.page, { rootPid: program.console.pid, size: `${count.toLocaleString('en')} clients` })
  } finally {
    await program.console.dispose()
    await platform.stop()
  }
}

const untilChildrenRead = async (status: () => Promise<SyncStatus[]>): Promise<void> => {
  for (const until = performance.now() + PATIENCE_S * 1000; performance.now() < until; await wait(1_000)) {
    const [connection] = await status()
    if (connection?.datasets.every(({ offered, running, complete }) => !offered || (complete && !running)) === true) return
  }
  must(false, 'the lists of single clients were not read in time')
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

const restRows = async (page: Page, { rootPid, size }: { rootPid: number; size: string }): Promise<Row[]> => {
  const used = await usedAtRest(rootPid)
  must(used.length >= 2, 'the program should be at least two processes')
  const core = used.reduce((largest, one) => (one.residentMb > largest.residentMb && one.pid !== rootPid ? one : largest))
  const heap = await page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize)
  return [
    row({
      key: 'P20',
      what: 'CPU at rest, all processes but the browser’s own',
      unit: '% of one core',
      figure: used.reduce((sum, { share }) => sum + share, 0),
      atMost: 0.5,
      size,
      note: `${used.map(({ command, share }) => `${nameOf(command)} ${share.toFixed(2)} %`).join(', ')}; the stand-in’s own work is in it`,
    }),
    row({ key: 'P20.core', what: 'memory of the core', unit: 'MB', figure: core.residentMb, atMost: 300, size }),
    row({ key: 'P20.page', what: 'heap of the page', unit: 'MB', figure: heap / 2 ** 20, atMost: 60, size }),
  ]
}

/** The core alone over a large store, after its lists were opened once. */
export const restOfLargeCore = async (folder: string): Promise<Row[]> => {
  const core = await startCore({ folder })
  try {
    await core.call('clients', 'list', { query: wholeList, offset: 0, limit: 200 })
    const [used] = await usedAtRest(core.pid)
    must(used !== undefined, 'the core has ended')
    const size = `${LARGE.toLocaleString('en')} clients, the core alone`
    return [
      row({ key: 'P20@100k', what: 'CPU of the core at rest', unit: '% of one core', figure: used?.share ?? 0, atMost: 0.5, size }),
      row({ key: 'P20@100k.core', what: 'memory of the core', unit: 'MB', figure: used?.residentMb ?? 0, atMost: 300, size }),
    ]
  } finally {
    await core.stop()
  }
}

/** The processes at and below this one, and what share of one core (in %) each took while nothing was asked of them. */
const usedAtRest = async (rootPid: number): Promise<(Process & { share: number })[]> => {
  await wait(SETTLE_MS)
  const before = ownProcesses(rootPid)
  await wait(WATCHED_MS)
  return ownProcesses(rootPid).map((one) => {
    const ticks = one.ticks - (before.find(({ pid }) => pid === one.pid)?.ticks ?? 0)
    // Less than one tick cannot be told from none.
    return { ...one, share: (Math.max(ticks, 1) / TICKS_PER_SECOND / (WATCHED_MS / 1000)) * 100 }
  })
}

const nameOf = (command: string): string => /([\w-]+\.(?:js|mjs|ts))(?: |$)/.exec(command)?.[1] ?? command.slice(0, 20)

/** The process and all below it, without the browser's. */
const ownProcesses = (rootPid: number): Process[] => {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)))
  const below = (pid: number): Process[] => all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)])
  const root = all.filter(({ pid }) => pid === rootPid)
  return [...root, ...below(rootPid)].filter(({ command }) => !/chrom/i.test(command.split(' ')[0] ?? ''))
}

const readProcess = (pid: number): Process[] => {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const command = readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
      .replaceAll('\0', ' ')
      .trim()
    const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? '0'
    return [
      { pid, parent: Number(fields[1]), command, ticks: Number(fields[11]) + Number(fields[12]), residentMb: Number(resident) / 1024 },
    ]
  } catch {
    // It ended meanwhile.
    return []
  }
}
