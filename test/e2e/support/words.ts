/** Reading figures off a screen, on our own account: nothing here is shared with the program that wrote them. */

/** «−1 234,50 ₽» → -1234.5; `null` where no figure stands. */
export const figure = (text: string | null): number | null => {
  const bare = (text ?? '').replace(/[\s\u00a0\u202f]/g, '')
  const match = /([−-]?)(\d+)(?:,(\d+))?/.exec(bare)
  return match === null ? null : Number(`${match[1] === '' ? '' : '-'}${match[2] ?? '0'}.${match[3] ?? '0'}`)
}

/** Money without the error of adding fractions: whole kopecks. */
export const kopecks = (amount: number): number => Math.round(amount * 100)
export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)

/** For a label inside a pattern. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

const two = (n: number): string => String(n).padStart(2, '0')
/** A moment as a person types it, in this computer's zone. */
export const typedDay = (at: number): string => {
  const date = new Date(at)
  return `${two(date.getDate())}.${two(date.getMonth() + 1)}.${String(date.getFullYear())}`
}
export const typedTime = (at: number): string => {
  const date = new Date(at)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}
/** The same as the platform writes it: naive, in UTC. */
export const naive = (at: number): string => new Date(at).toISOString().slice(0, 19)
/** Whether the platform wrote this moment on this computer's own day. */
export const isToday = (written: string): boolean => new Date(`${written}Z`).toDateString() === new Date().toDateString()
export const nextMinute = (at: number, ahead = 1): number => (Math.floor(at / 60_000) + ahead) * 60_000
