import { startConsole } from '../../e2e/support/console-process'
import { freshFolder, type Measure } from '../support/context'
import { fillLargeProfile } from '../support/large-profile'
import { LARGE } from '../support/large-store'
import { inPageTools } from '../support/page'
import { row } from '../support/row'
import { startRows } from './reload'
import { typingRows } from './typing'

const FIRST_OPENING_MS = 200

/** P1 and P7 in the real window at the full size, offline: what is measured is what the program does with what it keeps. */
export const measure: Measure = async (context) => {
  const folder = freshFolder(context, 'profile')
  await fillLargeProfile(folder)
  const program = await startConsole({ userDataDir: folder, args: ['--lang=ru'] })
  try {
    const { page } = program
    await page.addInitScript(inPageTools)
    await page.evaluate(inPageTools)
    const start = await startRows(page, { chromium: context.chromium, clients: LARGE })
    const opened = await page.evaluate(async () => {
      const from = performance.now()
      location.hash = '#/clients'
      return (await window.benchUntilPainted(() => document.querySelectorAll('.tbody [role=row] a').length > 10)) - from
    })
    const size = `${LARGE.toLocaleString('en')} clients`
    const typed = await typingRows(page, LARGE)
    const kept = [...start.filter(({ key }) => key !== 'P1.js'), ...typed].map((one) => ({ ...one, key: `${one.key}@100k.window` }))
    const first = { key: 'P7@100k.window.open', what: 'the list opened for the first time → painted', unit: 'ms', figure: opened }
    return [...kept, row({ ...first, atMost: FIRST_OPENING_MS, size })]
  } finally {
    await program.dispose()
  }
}
