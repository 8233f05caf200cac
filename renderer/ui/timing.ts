import { onScopeDispose, ref, type Ref } from 'vue'

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

/** Now, moving on every second: for countdowns only. */
export const useSecond = (): Readonly<Ref<number>> => {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 1000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
