import { readFileSync } from 'node:fs'

/** Hashes of the styles that the interface library inserts at run time; the build computes them. */
export const readStyleHashes = (file: string): string[] => {
  try {
    const { styles } = JSON.parse(readFileSync(file, 'utf8')) as { styles: unknown }
    return Array.isArray(styles)
      ? styles.filter((hash): hash is string => typeof hash === 'string' && /^sha256-[A-Za-z0-9+/]+=$/.test(hash))
      : []
  } catch {
    return []
  }
}

/** The policy of every page: its own files and nothing else, from anywhere, ever. */
export const contentSecurityPolicy = (styleHashes: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    ["style-src 'self'", ...styleHashes.map((hash) => `'${hash}'`)].join(' '),
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
