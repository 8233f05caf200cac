/** What a shipped program may be started with: its own options, and what a screen may need. Names as they are written, values free. */
const allowed = new Set([
  'demo',
  'user-data-dir',
  'lang',
  'sync-interval',
  'platform-url',
  'platform-token-file',
  'recovery-code-file',
  // Where a window system or a screen needs it.
  'ozone-platform',
  'ozone-platform-hint',
  'force-device-scale-factor',
  'disable-gpu',
])
/** Given by macOS to whatever it opens, and by installers to what they have just installed. */
const fromSystem = /^(-psn_\d+_\d+|--updated|--squirrel-firstrun)$/

/**
 * A debugger, another renderer or a weaker sandbox in a shipped program reads everything that it holds, and Chromium has
 * hundreds of switches that lead there, in several spellings: so whatever is no known option is refused.
 */
export const findForeignSwitch = (argv: readonly string[]): string | null =>
  argv.find((argument) => {
    // Chromium takes blanks around them away, and on Windows a slash for a dash.
    const text = argument.trim()
    if (!/^[-/]/.test(text)) return false
    const [, name = ''] = /^--([a-z-]+)(?:=|$)/.exec(text) ?? []
    return !allowed.has(name) && !fromSystem.test(text)
  }) ?? null
