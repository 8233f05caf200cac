/** Midnights of this computer's own days: a day is not always 24 hours long. */
export const localDayStart = (at: number, daysLater = 0): number => {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + daysLater).getTime()
}
/** The last millisecond of the day. */
export const localDayEnd = (at: number): number => localDayStart(at, 1) - 1
