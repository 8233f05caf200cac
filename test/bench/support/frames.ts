import type { Page } from 'playwright-core'

/** Times between the frames of one second. */
export const aSecondOfFrames = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const frame = (): Promise<number> => new Promise(requestAnimationFrame)
    const times: number[] = []
    let last = await frame()
    for (const end = last + 1000; last < end;) {
      const now = await frame()
      times.push(now - last)
      last = now
    }
    return times
  })
