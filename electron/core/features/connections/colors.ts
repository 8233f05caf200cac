/** Colours of connections, in the order they are given out: far apart for colour-blind eyes, legible on paper and ink. */
const PALETTE = ['#7a63d8', '#2f7fc1', '#b4602d', '#3d8f5f', '#b04a86', '#8a7a1f', '#4a6f8f', '#a4423f'] as const

/** The first colour that no other connection has; when all are taken, they go round. */
export const nextColor = (taken: readonly string[]): string =>
  PALETTE.find((color) => !taken.includes(color)) ?? PALETTE[taken.length % PALETTE.length] ?? PALETTE[0]
