/** What a log must never hold. The order matters: whole headers before the words inside them. */
const rules: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]+-----[\s\S]*?-----END [A-Z ]+-----/g, '[pem]'],
  [
    /\b(authorization|x-auth-token|cookie|set-cookie|proxy-authorization)\b(["']?\s*[:=]\s*["']?)(bearer\s+|token\s+|basic\s+)?[^\s"',;}]+/gi,
    '$1$2[secret]',
  ],
  [/\b(bearer|token|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [secret]'],
  [
    /\b(token|password|passwd|secret|apikey|api_key|access_token|refresh_token|databaseKey|plain|wrapped)(["']?\s*[:=]\s*["']?)[^\s"',;}]+/gi,
    '$1$2[secret]',
  ],
  [/(\/\/)[^\s/@:]+:[^\s/@]+@/g, '$1[secret]@'],
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, '[e-mail]'],
  [/(?<![\p{L}\p{N}.-])\+?\d{1,3}[\s-]?\(?\d{3}\)?[\s-]?\d{3}[\s-]?\d{2}[\s-]?\d{2}(?![\p{L}\p{N}])/gu, '[phone]'],
  [/\b[0-9a-f]{32,}\b/gi, '[secret]'],
  [/\b[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\b/g, '[secret]'],
]

/** A text without tokens, keys, passwords, e-mail addresses and telephone numbers. */
export const redact = (text: string): string => rules.reduce((clean, [pattern, to]) => clean.replace(pattern, to), text)
