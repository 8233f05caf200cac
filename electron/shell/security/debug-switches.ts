const forbidden =
  /^--?(inspect|inspect-brk|inspect-port|inspect-wait|inspect-publish-uid|debug|debug-brk|remote-debugging-[a-z-]+|remote-allow-origins|js-flags|load-extension|disable-web-security|no-sandbox|host-rules|proxy-bypass-list|enable-logging|log-net-log|ssl-key-log-file)(=|$)/

/** A debugger in a shipped program reads everything it holds: with one of these switches it does not start. */
export const findDebugSwitch = (argv: readonly string[]): string | null => argv.find((arg) => forbidden.test(arg)) ?? null
