/** Moments that people choose by name, in this computer's zone, to the minute. */
const at = (now: number, days: number, hour: number): number => {
  const date = new Date(now)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime()
}
const MINUTE = 60_000
export type PresetKey = 'Hour' | 'Today' | 'Tomorrow' | 'Monday'
export interface Preset {
  key: PresetKey
  at: number
}

/** In an hour, today 17:00, tomorrow 10:00, the coming Monday 10:00; what has gone or says the same twice is left out. */
export const presets = (now: number): Preset[] => {
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7
  const all: Preset[] = [
    { key: 'Hour', at: Math.floor((now + 60 * MINUTE) / MINUTE) * MINUTE },
    { key: 'Today', at: at(now, 0, 17) },
    { key: 'Tomorrow', at: at(now, 1, 10) },
    { key: 'Monday', at: at(now, toMonday, 10) },
  ]
  return all.filter((preset, i) => preset.at > now && all.findIndex((other) => other.at === preset.at) === i)
}

/** What is left until a moment, in its two or three parts; null once it has gone. */
export const timeLeft = (until: number, now: number): { days: number; hours: number; minutes: number } | null => {
  const minutes = Math.floor((until - now) / MINUTE)
  if (until <= now) return null
  return { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 }
}
