/**
 * Numbers under which faults of our own stand in the log and are told in the window: how many there were since the start,
 * and which run it was. @param run a few letters that differ from start to start.
 */
export const faultNumbers = (run: string): (() => string) => {
  let count = 0
  return () => `${String(++count)}-${run}`
}
