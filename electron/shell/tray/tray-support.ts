/** Asks the session's message bus; the tools come with every desktop that has one. */
const questions: readonly [string, readonly string[]][] = [
  [
    'gdbus',
    [
      'call',
      '--session',
      '--timeout',
      '2',
      '--dest',
      'org.freedesktop.DBus',
      '--object-path',
      '/org/freedesktop/DBus',
      '--method',
      'org.freedesktop.DBus.NameHasOwner',
      'org.kde.StatusNotifierWatcher',
    ],
  ],
  [
    'busctl',
    [
      '--user',
      '--timeout=2',
      'call',
      'org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus',
      'NameHasOwner',
      's',
      'org.kde.StatusNotifierWatcher',
    ],
  ],
]

interface Setup {
  platform: string
  isStandin: boolean
  hasBus: boolean
  /** Runs a program and gives what it printed; fails when there is none, or it failed. */
  run: (program: string, args: readonly string[]) => Promise<string>
}

/** Whether this desktop would show a tray icon. On Linux only one with a StatusNotifierWatcher does. */
export const hasTrayHere = async ({ platform, isStandin, hasBus, run }: Setup): Promise<boolean> => {
  if (isStandin || platform !== 'linux') return true
  if (!hasBus) return false
  for (const [program, args] of questions) {
    const said = await run(program, args).catch(() => null)
    if (said !== null) return /\btrue\b/.test(said)
  }
  return false
}
