import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { startConsole } from '../support/console-process'
import { startPlatformProcess } from '../support/platform-process'
import { state } from '../support/platform-rows'
import { goTo, heading, readThrough } from '../support/screens'
import { defaults, patient } from '../support/world'

const LOOK_MS = 500

/** What the page says is nothing at all (0, none, in order, not set), each with where it stands. */
const nothings = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const nothing = /^(0|0[\s\u00a0].*|нет|нет[\s\u00a0](?!данных).*|.*в порядке.*|не задан\p{L}*)$/iu
    const main = document.querySelector('main')
    if (main === null) return []
    const found: string[] = []
    const text = (of: Element | null): string => (of instanceof HTMLElement ? of.innerText.trim() : '')
    for (const row of main.querySelectorAll('[role=row], tr')) {
      const head = text(row.querySelector('[role=rowheader], th')).split('\n')[0] ?? ''
      const cells = [...row.querySelectorAll('[role=gridcell], td')].map(text)
      cells.forEach((cell, at) => (nothing.test(cell) ? found.push(`${head}, cell ${String(at)}: ${cell}`) : 0))
    }
    // Outside tables a word belongs to the line before it; figures in that line may change.
    const inTables = new Set([...main.querySelectorAll('[role=row], tr')].flatMap((row) => text(row).split(/[\n\t]/)))
    const lines = text(main)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    lines.forEach((line, at) => {
      if (nothing.test(line) && !inTables.has(line)) found.push(`${(lines[at - 1] ?? '').replace(/\d+/g, '#')}: ${line}`)
    })
    return [...new Set(found)]
  })

test('E2, E4, E6: during a first load nothing on the screen is called nothing that the end contradicts', async () => {
  await using platform = await startPlatformProcess({ ...defaults, clients: 150, 'page-size': 10, latency: 40 })
  await platform.tell('/clock')
  const app = patient(await startConsole({ platform }))
  try {
    const { page } = app
    const [client] = await state(platform, 'client')
    await heading(page, 'Общая информация').waitFor({ timeout: 30_000 })
    const connection = await page.evaluate(async () => {
      const { api } = window as unknown as { api: { connections: { list: (input: object) => Promise<{ value: { id: string }[] }> } } }
      return (await api.connections.list({})).value[0]?.id ?? ''
    })
    const card = `/clients/${connection}/${client?.id ?? ''}`
    const screens = ['/', '/clients', card, `${card}/projects`]
    const look = async (said: Map<string, string>): Promise<void> => {
      for (const path of screens) {
        await goTo(page, path)
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
        for (const words of await nothings(page)) said.set(`${path} ${words}`, words)
      }
    }
    const reading = { over: false }
    const ended = readThrough(page).then(() => void (reading.over = true))
    const ever = new Map<string, string>()
    let looks = 0
    for (; !reading.over; looks++) await look(ever)
    await ended
    expect(looks).toBeGreaterThan(1)
    const end = new Map<string, string>()
    await look(end)
    await look(end)
    expect([...ever.keys()].filter((said) => !end.has(said))).toEqual([])
    app.watch.mustBeClean()
  } finally {
    await app.dispose()
  }
})
