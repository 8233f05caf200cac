import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Display, Rectangle } from 'electron'

/** Remembered from the last time: place and looks of the window, and nothing about anyone. */
export interface WindowState {
  bounds: Rectangle
  maximized: boolean
  language: 'ru' | 'en' | null
  theme: 'system' | 'light' | 'dark'
}

export const SMALLEST = { width: 960, height: 600 }
const usual: WindowState = { bounds: { x: 0, y: 0, width: 1440, height: 900 }, maximized: false, language: null, theme: 'system' }

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isRectangle = (value: unknown): value is Rectangle => {
  const { x, y, width, height } = (value ?? {}) as Partial<Record<keyof Rectangle, unknown>>
  return isNumber(x) && isNumber(y) && isNumber(width) && isNumber(height)
}

export const readWindowState = (file: string): WindowState => {
  try {
    const { bounds, maximized, language, theme } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<keyof WindowState, unknown>>
    return {
      bounds: isRectangle(bounds) ? bounds : usual.bounds,
      maximized: maximized === true,
      language: language === 'ru' || language === 'en' ? language : null,
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    }
  } catch {
    return usual
  }
}

/** Written beside and moved over: a crash leaves the old one or the new one. */
export const writeWindowState = (file: string, state: WindowState): void => {
  writeFileSync(`${file}.new`, JSON.stringify(state))
  renameSync(`${file}.new`, file)
}

const overlap = (a: Rectangle, b: Rectangle): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))

const within = (value: number, least: number, most: number): number => Math.round(Math.max(least, Math.min(value, most)))

/** Puts a window where a person can reach it: screens come and go between two starts. */
export const clampToDisplays = (bounds: Rectangle, displays: readonly Pick<Display, 'workArea'>[]): Rectangle => {
  const areas = displays.map((display) => display.workArea)
  const best = areas.reduce<Rectangle | null>(
    (chosen, area) => (chosen === null || overlap(bounds, area) > overlap(bounds, chosen) ? area : chosen),
    null,
  )
  if (best === null) return bounds
  const width = within(bounds.width, Math.min(SMALLEST.width, best.width), best.width)
  const height = within(bounds.height, Math.min(SMALLEST.height, best.height), best.height)
  return {
    x: within(bounds.x, best.x, best.x + best.width - width),
    y: within(bounds.y, best.y, best.y + best.height - height),
    width,
    height,
  }
}
