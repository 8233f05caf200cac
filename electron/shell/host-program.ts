/** Electron's version; null = the program runs on the development stand-in. */
export const electronVersion = (): string | null => (process.versions as Record<string, string | undefined>)['electron'] ?? null
