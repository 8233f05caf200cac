import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Input, Output } from '@shared/ipc/contract'
import type { RunningPlatform } from '../../e2e/support/platform-process'
import type { Measure } from '../support/context'
import { aSecondOfFrames } from '../support/frames'
import { startPlatform } from '../support/platform'
import { callInPage, startProgram } from '../support/program'
import { row } from '../support/row'
import { largest, must, p95, timedAsync } from '../support/sample'
import { untilSynced } from '../support/synced'

const CLIENTS = 1000
const PREVIEWS = 7
const CHANGED_SINCE = 5
const FOREIGN = 99
const PATIENCE_S = 200
type Rule = Input<'limits', 'bulkPreview'>['rules'][number]
type Progress = Output<'batches', 'get'>['batch']

/** X7: limits of a thousand clients by one rule, in the real window: the preview, the applying, the stop and the way back. */
export const measure: Measure = async () => {
  const platform = await startPlatform(CLIENTS)
  const program = await startProgram(platform)
  try {
    const { page } = program
    await untilSynced(program.status, PATIENCE_S)
    const desk = await bulkDesk(page)
    await desk.untilRead()
    const before = await limitsOn(platform)
    const previews = await paintedPreviews(page)
    const first = await desk.begin(1)
    const frames = await framesUntil(page, () => desk.isOver(first))
    const applied = await desk.progress(first)
    must(applied.done + applied.rejected === applied.total, `${String(applied.done)} of ${String(applied.total)} applied`)
    const since = await changeSince(platform, before)
    const undo = (await desk.undo(first)).id
    // Found by the look that follows every write, or by the undo: whichever came first lists it.
    const listed = (await desk.changedSince(undo)) + (await desk.changedSince(first))
    must(listed === CHANGED_SINCE, `${String(listed)} changes of others are listed, ${String(CHANGED_SINCE)} were made since`)
    mustBeAsBefore(before, await limitsOn(platform), since)
    const second = await desk.begin(2)
    await until(async () => (await desk.progress(second)).done > 50)
    const stop = await timedAsync(async () => {
      await callInPage(page, 'batches', 'cancel', { id: second })
      must((await desk.progress(second)).waiting === 0, 'something still waits after the stop')
    })
    const size = `${applied.total.toLocaleString('en')} clients, the built program on the stand-in`
    const part = (key: string, what: string, figure: number, atMost: number) => row({ key, what, unit: 'ms', figure, atMost, size })
    return [
      part('X7', 'a number typed into a rule → old and new of all of them painted, slowest', largest(previews), 1000),
      part('X7.frames', 'frame of the batch’s page while it is applied, p95', p95(frames), 25),
      part('X7.stop', 'stop pressed → nothing more leaves', stop.ms, 1000),
    ]
  } finally {
    await program.console.dispose()
    await platform.stop()
  }
}

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  for (const end = performance.now() + PATIENCE_S * 1000; !(await holds());) {
    must(performance.now() < end, `waited in vain: ${String(holds)}`)
    await sleep(200)
  }
}

const bulkDesk = async (page: Page) => {
  const connectionId = ((await callInPage(page, 'connections', 'list', {})) as { id: string }[])[0]?.id ?? ''
  const query = { connectionId, view: 'all', text: '', filters: [], sort: { by: 'name', desc: false } }
  const choice = { connectionId, query, selection: { mode: 'allExcept', rows: [] } }
  const left = { mode: 'allExcept', ids: [] }
  const all = { choice, rules: [], left, view: 'all', offset: 0, limit: 1 }
  // One hypervisor, one limit a client: what an undo leaves alone is a whole client's change.
  const hypervisorId =
    ((await callInPage(page, 'limits', 'bulkPreview', all)) as Output<'limits', 'bulkPreview'>).hypervisors[0]?.id ?? null
  const ruleOf = (value: number): Rule => ({ act: 'set', hypervisorId, type: 'cpu', value })
  const preview = (value: number): Promise<Output<'limits', 'bulkPreview'>> =>
    callInPage(page, 'limits', 'bulkPreview', { choice, rules: [ruleOf(value)], left, view: 'all', offset: 0, limit: 1 }) as never
  const progress = async (id: string): Promise<Progress> => {
    const found = (await callInPage(page, 'batches', 'get', { id, view: 'all', offset: 0, limit: 1 })) as Output<'batches', 'get'>
    if (found.batch.state === 'stopped') await callInPage(page, 'batches', 'goOn', { id })
    return found.batch
  }
  const isOver = async (id: string): Promise<boolean> => {
    const { waiting, sending, retrying, unknown, state } = await progress(id)
    return state !== 'stopped' && waiting + sending + retrying + unknown === 0
  }
  return {
    progress,
    isOver,
    untilRead: () => until(async () => (await preview(1)).counts.out === 0),
    begin: async (value: number): Promise<string> => {
      const { chosen } = await preview(value)
      must(chosen.clients > CLIENTS / 2, `only ${String(chosen.clients)} clients change`)
      const batchId = randomUUID()
      await callInPage(page, 'limits', 'bulkStart', { batchId, choice, rules: [ruleOf(value)], left, mark: chosen.mark })
      await page.evaluate((to) => void (location.hash = to), `#/batches/${batchId}`)
      return batchId
    },
    /** Limits that the conflicts of an undo show as somebody else's: a client may have two of them. */
    changedSince: async (id: string): Promise<number> => {
      const asked = { id, view: 'decide', offset: 0, limit: 100 }
      const { rows } = (await callInPage(page, 'batches', 'get', asked)) as Output<'batches', 'get'>
      return rows.flatMap((one) => ('fields' in one ? one.fields : [])).filter(({ theirs }) => theirs === FOREIGN).length
    },
    undo: async (id: string): Promise<Progress> => {
      const { id: undo } = (await callInPage(page, 'batches', 'undo', { id })) as Output<'batches', 'undo'>
      await until(() => isOver(undo ?? ''))
      return progress(undo ?? '')
    },
  }
}

/** Typed into the rule's own field, until the sums of the plan are on the screen. */
const paintedPreviews = async (page: Page): Promise<number[]> => {
  await page.evaluate(() => void (location.hash = '#/limits/bulk'))
  await page.getByRole('button', { name: 'Правило', exact: true }).click()
  const times: number[] = []
  for (let n = 1; n <= PREVIEWS + 1; n++) {
    const ms = await page.evaluate(
      async (value) => {
        const field = document.querySelector<HTMLInputElement>('.rule .field')
        if (!field) throw new Error('there is no rule')
        const sums = (): string => document.querySelector('[data-totals]')?.textContent ?? ''
        const old = sums()
        const from = performance.now()
        field.value = value
        field.dispatchEvent(new Event('input', { bubbles: true }))
        return (await window.benchUntilPainted(() => sums() !== '' && sums() !== old)) - from
      },
      String(n * 7),
    )
    times.push(ms)
  }
  return times.slice(1)
}

const framesUntil = async (page: Page, over: () => Promise<boolean>): Promise<number[]> => {
  const frames: number[] = []
  while (!(await over())) frames.push(...(await aSecondOfFrames(page)))
  return frames
}

type Limits = Map<string, number>
const limitsOn = async (platform: RunningPlatform): Promise<Limits> =>
  new Map((await platform.read<{ id: string; type: string; value: number }[]>('/state/limit')).map(({ id, value }) => [id, value]))

/** Somebody else’s hand, on limits that the batch has written. */
const changeSince = async (platform: RunningPlatform, before: Limits): Promise<Limits> => {
  const rows = await platform.read<{ id: string; type: string; value: number }[]>('/state/limit')
  const chosen = rows.filter(({ id, type, value }) => type === 'cpu' && value === 1 && before.get(id) !== 1).slice(0, CHANGED_SINCE)
  for (const { id } of chosen) await platform.tell('/mutate', { op: 'update', dataset: 'limit', id, fields: { value: FOREIGN } })
  return new Map(chosen.map(({ id }) => [id, FOREIGN]))
}

/** A limit that was removed and made again has another id: values are compared as a whole. */
const mustBeAsBefore = (before: Limits, now: Limits, since: Limits): void => {
  const sum = (of: Limits): number => [...of].reduce((all, [id, value]) => all + (since.has(id) ? 0 : value), 0)
  for (const [id, value] of since) must(now.get(id) === value, 'what was changed since was overwritten')
  must(sum(before) === sum(now), `the limits come to ${String(sum(now))}, they came to ${String(sum(before))}`)
}
