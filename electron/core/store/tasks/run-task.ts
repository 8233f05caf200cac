import { statSync } from 'node:fs'
import { PAGE } from '../../../sealed-page'
import { systemClock } from '../../clock'
import { closeLocal, openLocal } from '../open-local'
import { copyPages, copyWhole, keepCopy } from '../copies'
import { openForReading } from '../open-file'
import { storeChoices, takeChoice } from '../recovery'
import { damagedPages, isSound, matter, type SealedFile } from '../verify'
import type { StoreTasks, TaskName, TaskRunner, TellShare } from './tasks'

const CACHE_KIB = 8_000
/** Not for every piece that is read: each is a message. */
const TOLD_EVERY = 1024

const check = ({ path, key, thorough }: SealedFile & { thorough: boolean }, tell?: TellShare): StoreTasks['check']['output'] => {
  const all = Math.max(1, statSync(path).size / PAGE)
  let told = 0
  const damaged = damagedPages({ path, key }, (pages) => {
    if (pages - told < TOLD_EVERY) return
    told = pages
    tell?.(pages / all)
  })
  // Without its first page nothing else of it can be asked.
  if (damaged.includes(1)) return { pages: damaged, sound: false }
  if (damaged.length === 0 && !thorough) return { pages: [], sound: true }
  const db = openForReading({ path, key, cacheKib: CACHE_KIB })
  try {
    return { pages: matter(db, { path }, damaged) ? damaged : [], sound: !thorough || isSound(db) }
  } finally {
    db.close()
  }
}

const tasks: { [N in TaskName]: (input: StoreTasks[N]['input'], tell?: TellShare) => StoreTasks[N]['output'] } = {
  check,
  open: ({ folder, key }) => {
    closeLocal(openLocal({ folder, key, clock: systemClock, atOnce: true }))
    return null
  },
  copy: ({ from, to }) => {
    copyWhole(from, to)
    return null
  },
  copyPages: ({ from, to, pages }) => {
    copyPages(from, to, pages)
    return null
  },
  keepCopy: (input) => {
    keepCopy(input)
    return null
  },
  choices: ({ folder, key, now }) => storeChoices({ folder, key, clock: { now: () => now } }),
  take: ({ choice, folder, key, now }) => {
    takeChoice({ folder, key, clock: { now: () => now } }, choice)
    return null
  },
}

/** One task, in whatever thread this is called. */
export const runTask = <N extends TaskName>(name: N, input: StoreTasks[N]['input'], tell?: TellShare): StoreTasks[N]['output'] =>
  tasks[name](input, tell)

/** Every task on the thread that asks for it: for small stores, and where there are no others. */
export const tasksHere: TaskRunner = {
  run: async (name, input, tell) => {
    await new Promise((resolve) => setImmediate(resolve))
    return runTask(name, input, tell)
  },
  stop: () => Promise.resolve(),
}
