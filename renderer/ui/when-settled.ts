/** Long enough for the first screen to have its figures and its chart. */
const SETTLED_MS = 400

/** Runs what no first picture needs, once the window has it and has nothing else to do; the answer calls it off. */
export const whenSettled = (run: () => void): (() => void) => {
  let idle: number | undefined
  const timer = setTimeout(() => (idle = requestIdleCallback(run, { timeout: 2000 })), SETTLED_MS)
  return () => {
    clearTimeout(timer)
    if (idle !== undefined) cancelIdleCallback(idle)
  }
}
