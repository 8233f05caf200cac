import type { Page } from 'playwright-core'
import type { Measure } from '../support/context'
import { aSecondOfFrames } from '../support/frames'
import { startPlatform } from '../support/platform'
import { callInPage, startProgram } from '../support/program'
import { row, type Row } from '../support/row'
import { must, p95 } from '../support/sample'
import { listsAreThere, untilSynced } from '../support/synced'
import { startRows } from './reload'
import { typingRows } from './typing'

const PATIENCE_S = 120

/** P1, P7 and P16 in the real window, and how smooth it stays while everything is read for the first time (P6). */
export const measure: Measure = async (context) => {
  const platform = await startPlatform(context.clients)
  const program = await startProgram(platform)
  try {
    const meanwhile = await framesDuringSync(program.page, program.status)
    await untilSynced(program.status, PATIENCE_S)
    const size = `${context.clients.toLocaleString('en')} clients`
    return [
      row({
        key: 'P6.frames',
        what: 'frame of the window during the first sync, p95',
        unit: 'ms',
        figure: p95(meanwhile),
        atMost: 25,
        size,
      }),
      ...(await startRows(program.page, context)),
      ...(await typingRows(program.page, context.clients)),
      await channelRow(program.page, size),
    ]
  } finally {
    await program.console.dispose()
    await platform.stop()
  }
}

/** A second of frames again and again for as long as the lists are being read. */
const framesDuringSync = async (page: Page, status: () => Promise<Parameters<typeof listsAreThere>[0]>): Promise<number[]> => {
  const frames: number[] = []
  const until = performance.now() + PATIENCE_S * 1000
  while (performance.now() < until) {
    const now = await status()
    if (listsAreThere(now)) break
    if (now[0]?.phase === 'running') frames.push(...(await aSecondOfFrames(page)))
  }
  must(frames.length > 60, 'the first sync was over before its frames could be counted')
  return frames
}

const ROUND_TRIPS = 100

/** From the page through preload, main and core and back: the stand-in's own way is in it. */
const channelRow = async (page: Page, size: string): Promise<Row> => {
  await callInPage(page, 'preferences', 'get', {})
  const times = await page.evaluate(async (count) => {
    const { api } = window as unknown as { api: { preferences: { get: (input: object) => Promise<unknown> } } }
    const taken: number[] = []
    for (let n = 0; n < count; n++) {
      const from = performance.now()
      await api.preferences.get({})
      taken.push(performance.now() - from)
    }
    return taken
  }, ROUND_TRIPS)
  return row({
    key: 'P16.window',
    what: 'the same from the page and back, p95',
    unit: 'ms',
    figure: p95(times),
    size,
    note: 'through the stand-in’s bridge, which Electron does not have',
  })
}
