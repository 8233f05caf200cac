/** What the program was started with. `npm start -- --help` explains each. */
export interface CommandLine {
  userDataDir: string | null
  demo: boolean
  language: 'ru' | 'en' | null
  syncIntervalSeconds: number | null
  platformUrl: string | null
  /** `-` = standard input. The token itself is never an argument: anyone can list those. */
  platformTokenFile: string | null
  recoveryCodeFile: string | null
}

const LEAST_INTERVAL = 10

/** Lenient where the entry script was strict: Chromium's and Electron's own switches pass by. */
export const readCommandLine = (argv: readonly string[]): CommandLine => {
  const value = (name: string): string | null => argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) || null
  const language = value('lang')?.slice(0, 2)
  const interval = Number(value('sync-interval') ?? Number.NaN)
  return {
    userDataDir: value('user-data-dir'),
    demo: argv.includes('--demo'),
    language: language === 'ru' || language === 'en' ? language : null,
    syncIntervalSeconds: Number.isInteger(interval) ? Math.max(LEAST_INTERVAL, interval) : null,
    platformUrl: value('platform-url'),
    platformTokenFile: value('platform-token-file'),
    recoveryCodeFile: value('recovery-code-file'),
  }
}
