const MINUTE = 60_000
export type SnoozeKey = 'snooze15' | 'snoozeHour' | 'snoozeToday' | 'snoozeTomorrow'
export interface Snooze {
  key: SnoozeKey
  until: number
}
const atHour = (now: number, days: number, hour: number): number => {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime()
}

/** 15 minutes, an hour, today 17:00, tomorrow 10:00, in this computer's zone; «today» only while it lies ahead. */
export const snoozes = (now: number): Snooze[] => {
  const all: Snooze[] = [
    { key: 'snooze15', until: now + 15 * MINUTE },
    { key: 'snoozeHour', until: now + 60 * MINUTE },
    { key: 'snoozeToday', until: atHour(now, 0, 17) },
    { key: 'snoozeTomorrow', until: atHour(now, 1, 10) },
  ]
  return all.filter((choice) => choice.until > now)
}
