import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Page } from 'playwright-core'
import { startConsole, type RunningConsole, type StartWish } from './console-process'
import { startPlatformProcess, type RunningPlatform } from './platform-process'
import { synced } from './screens'

interface Wish {
  /** Options of the demo platform; the rest of the population is the same every day. */
  platform?: Record<string, string | number | boolean>
  console?: StartWish
  /** What the page may complain of, because the tests of this file provoke it. */
  allow?: RegExp[]
  /** More to set up before the console starts. */
  before?: (platform: RunningPlatform) => Promise<void>
  /** The console starts with nothing: the welcome screen. */
  unconnected?: boolean
  /** The platform never lets a sync end: nothing is waited for. */
  unfinished?: boolean
}
/** One platform and one console that the tests of a file share; a test that restarts the console puts the new one here. */
export interface World {
  platform: RunningPlatform
  app: RunningConsole
  readonly page: Page
}

/** Where people can look at what the tests saw; nothing is kept without it. */
export const shotsFolder = process.env['PARTNER_CONSOLE_SHOTS'] ?? null
export const shoot = async (page: Page, name: string): Promise<void> => {
  if (shotsFolder === null) return
  mkdirSync(shotsFolder, { recursive: true })
  await page.screenshot({ path: join(shotsFolder, `${name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120)}.png`) })
}

/** A cloud that stands almost still at the present: its figures are the same from the first test of a file to the last. */
export const defaults = { clients: 40, 'page-size': 200, seed: 11, speed: 0.0001 }
const PAGE_LIMIT_MS = 15_000

/** The page gives up sooner than the test, so that a failure says what was not there. */
export const patient = (app: RunningConsole): RunningConsole => {
  app.page.setDefaultTimeout(PAGE_LIMIT_MS)
  return app
}

export const useWorld = (wish: Wish = {}): World => {
  const state: { platform?: RunningPlatform; app?: RunningConsole } = {}
  const need = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error('the world has not begun')
    return one
  }
  const world: World = {
    get platform() {
      return need(state.platform)
    },
    set platform(next) {
      state.platform = next
    },
    get app() {
      return need(state.app)
    },
    set app(next) {
      state.app = patient(next)
    },
    get page() {
      return need(state.app).page
    },
  }
  beforeAll(async () => {
    state.platform = await startPlatformProcess({ ...defaults, ...wish.platform })
    // What happened since midnight is there before anyone counts.
    await state.platform.tell('/clock')
    await wish.before?.(state.platform)
    if (wish.unconnected) world.app = await startConsole({ ...wish.console })
    else if (wish.unfinished) world.app = await startConsole({ platform: state.platform, ...wish.console })
    else await synced((world.app = await startConsole({ platform: state.platform, ...wish.console })).page)
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await shoot(world.page, `failed ${task.name}`).catch(() => undefined)
  })
  afterAll(async () => {
    try {
      state.app?.watch.mustBeClean(wish.allow)
    } finally {
      await state.app?.dispose()
      await state.platform?.kill9()
    }
  })
  return world
}
