import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { root } from '../bootstrap/root.mjs'
import { ensureFaketime } from './faketime.mjs'

const shifted = pathToFileURL(join(root, 'test', 'e2e', 'support', 'shifted-clock.mjs')).href

/**
 * The environment in which the processes' own `Date` is that day's. It reaches whatever runs on Node, and by the
 * stand-in the page; certificates, files and the browser keep the system's time.
 * @param {import('./days.mjs').Day} day
 * @returns {Record<string, string>}
 */
export const injectedClock = (day) => ({
  TZ: day.zone,
  NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import ${shifted}`.trim(),
  PARTNER_CONSOLE_TEST_AHEAD_MS: String(Date.parse(day.at) - Date.now()),
})

/**
 * The environment in which the system's time is that day's for every process but Chromium, which cannot bear it; the
 * injected clock where the library is not to be had.
 * @param {import('./days.mjs').Day} day
 * @returns {Promise<{ by: string, env: Record<string, string> }>}
 */
export const systemClock = async (day) => {
  const library = await ensureFaketime()
  if (library === null) return { by: 'injected clock, for want of faketime', env: injectedClock(day) }
  const seconds = Math.round((Date.parse(day.at) - Date.now()) / 1000)
  const env = { TZ: day.zone, LD_PRELOAD: library, FAKETIME: `${seconds < 0 ? '' : '+'}${seconds}`, FAKETIME_DONT_FAKE_MONOTONIC: '1' }
  return { by: 'faketime', env }
}
