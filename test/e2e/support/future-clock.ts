import { fileURLToPath, pathToFileURL } from 'node:url'

const module = pathToFileURL(fileURLToPath(new URL('./shifted-clock.mjs', import.meta.url))).href

/** On another day than today's this test itself is ahead. */
const own = Number(process.env['PARTNER_CONSOLE_TEST_AHEAD_MS'] ?? 0)

/** The environment of a program that lives `ms` ahead of this test. */
export const inTheFuture = (ms: number): Record<string, string> => ({
  NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import ${module}`.trim(),
  PARTNER_CONSOLE_TEST_AHEAD_MS: String(own + ms),
})
