import type { CDPSession, Page } from 'playwright-core'
import type { ClientRow } from '@shared/ipc/rows'
import { callInPage } from '../support/program'
import { row, type Row } from '../support/row'
import { largest, must, p95 } from '../support/sample'

/** Typed letter by letter, so that every length from one on is a query; the last ones find nothing. */
const WORDS = ['техно', 'север', 'строй', 'ооо', 'логист', 'гранит', 'вектор', 'сервис', 'медиа', 'ъъъ', 'щущ', 'zzz', '77777']

interface Expected {
  text: string
  total: number
  first: string
}
interface Pressed {
  ms: number
  text: string
}

/** P7: from the key press to the painted answer in the clients list of the real window. */
export const typingRows = async (page: Page, clients: number): Promise<Row[]> => {
  await page.evaluate(async () => {
    location.hash = '#/clients'
    await window.benchUntilPainted(() => document.querySelectorAll('.tbody [role=row] a').length > 10)
  })
  const connectionId = ((await callInPage(page, 'connections', 'list', {})) as { id: string }[])[0]?.id ?? ''
  const prefixes = WORDS.flatMap((word) => [...word].map((_, end) => word.slice(0, end + 1)))
  // Asked beforehand, and more of them than the core remembers: what is typed is worked out anew.
  const expected = new Map<string, Expected>()
  for (const text of ['', ...prefixes]) expected.set(text, await answerTo(page, { text, connectionId }))
  const pressed: Pressed[] = []
  for (const word of WORDS) pressed.push(...(await typeWord(page, word, expected)))
  must(pressed.length >= 30, `only ${String(pressed.length)} key presses changed the list`)
  must(
    pressed.some(({ text }) => expected.get(text)?.total === 0),
    'no query without a hit was typed',
  )
  const times = pressed.map(({ ms }) => ms)
  const slowest = pressed.reduce((worst, one) => (one.ms > worst.ms ? one : worst))
  const size = `${clients.toLocaleString('en')} clients, ${String(pressed.length)} key presses`
  return [
    row({ key: 'P7', what: 'key press → painted answer in the list, p95', unit: 'ms', figure: p95(times), atMost: 50, size }),
    row({
      key: 'P7.max',
      what: 'the slowest key press',
      unit: 'ms',
      figure: largest(times),
      atMost: 100,
      size,
      note: `slowest: «${slowest.text}»`,
    }),
  ]
}

const answerTo = async (page: Page, { text, connectionId }: { text: string; connectionId: string }): Promise<Expected> => {
  const query = { connectionId, view: 'all', text, filters: [], sort: { by: 'name', desc: false } }
  const { rows, total } = (await callInPage(page, 'clients', 'list', { query, offset: 0, limit: 1 })) as {
    rows: ClientRow[]
    total: number
  }
  return { text, total, first: rows[0]?.name ?? '' }
}

const typeWord = async (page: Page, word: string, expected: ReadonlyMap<string, Expected>): Promise<Pressed[]> => {
  const input = page.locator('input[type=search]').first()
  await input.fill('')
  await listen(page, wanted(expected, ''), false)
  await answered(page)
  await input.focus()
  const keys = await page.context().newCDPSession(page)
  const pressed: Pressed[] = []
  for (let end = 1; end <= word.length; end++) {
    const [before, after] = [wanted(expected, word.slice(0, end - 1)), wanted(expected, word.slice(0, end))]
    await listen(page, after, true)
    await pressKey(keys, word.charAt(end - 1))
    const ms = await answered(page)
    // The same rows again are on the screen already: nothing can be timed.
    if (before.total !== after.total || before.first !== after.first) pressed.push({ ms, text: after.text })
  }
  return pressed
}

/** A real key event: the letter of another layout than the one that a driver's own table of keys knows. */
const pressKey = async (keys: CDPSession, letter: string): Promise<void> => {
  await keys.send('Input.dispatchKeyEvent', { type: 'keyDown', key: letter, text: letter, unmodifiedText: letter })
  await keys.send('Input.dispatchKeyEvent', { type: 'keyUp', key: letter })
}

const wanted = (expected: ReadonlyMap<string, Expected>, text: string): Expected => {
  const found = expected.get(text)
  if (!found) throw new Error(`nobody asked for «${text}»`)
  return found
}

interface Listening {
  benchAnswer: Promise<number>
}

/** Begins to wait for the frame that shows the expected answer: from the next key press on, or from now. */
const listen = (page: Page, { text, total, first }: Expected, afterKey: boolean): Promise<void> =>
  page.evaluate(
    (wish) => {
      const key = (): Promise<number> =>
        new Promise((done, failed) => {
          addEventListener('keydown', (event) => done(event.timeStamp), { once: true, capture: true })
          setTimeout(() => failed(new Error(`no key press came for «${wish.text}»`)), 10_000)
        })
      const isShown = (): boolean => {
        const told = document.querySelector('.dtable')?.getAttribute('aria-rowcount')
        if (wish.total === 0) return document.querySelector('.tbody [role=row]') === null
        return (
          told === String(wish.total + 1) &&
          document.querySelector('.tbody [role=row][data-index="0"] a')?.textContent.trim() === wish.first
        )
      }
      const answer = async (): Promise<number> => {
        const from = wish.afterKey ? await key() : performance.now()
        const at = await window.benchUntilPainted(isShown).catch(() => {
          throw new Error(`the answer to «${wish.text}» never came to the screen`)
        })
        return at - from
      }
      const waiting = answer()
      waiting.catch(() => undefined)
      ;(window as unknown as Listening).benchAnswer = waiting
    },
    { text, total, first, afterKey },
  )

const answered = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as Listening).benchAnswer)
