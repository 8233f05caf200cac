import { readFile, realpath } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, sep } from 'node:path'
import { isAppUrl } from './addresses'

const mimeTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}

/**
 * The path inside the renderer's folder that a URL names; null = it names nothing that a page may have. A path without
 * a file extension is a screen of the single page.
 */
export const pathOfUrl = (url: string): string | null => {
  if (!isAppUrl(url)) return null
  const decoded = decodePath(new URL(url).pathname)
  if (decoded === null || /[\0\\:]/.test(decoded)) return null
  const segments = decoded.split('/').filter((segment) => segment !== '')
  if (segments.some((segment) => segment === '.' || segment === '..')) return null
  return extname(segments.at(-1) ?? '') === '' ? 'index.html' : join(...segments)
}

const decodePath = (pathname: string): string | null => {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}

/** The real file behind a path, if it is inside the folder once every link is followed. */
const contained = async (folder: string, path: string): Promise<string | null> => {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))])
    const inside = relative(root, file)
    return inside === '' || inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside) ? null : file
  } catch {
    return null
  }
}

const guards = (csp: string): Record<string, string> => ({
  'content-security-policy': csp,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
})

/** Answers `app://console/…` from the renderer's folder, every answer under the policy, refusals included. */
export const serveApp = (setup: { folder: string; csp: string }) => {
  const headers = guards(setup.csp)
  // A window that opens asks for a dozen files at once, the next one for the same: none of them changes while the program runs.
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()
  const bodyOf = async (path: string): Promise<Uint8Array<ArrayBuffer> | null> => {
    const known = kept.get(path)
    if (known) return known
    const file = await contained(setup.folder, path)
    const body = file === null ? null : await readFile(file).catch(() => null)
    if (body === null) return null
    const bytes = new Uint8Array(body)
    kept.set(path, bytes)
    return bytes
  }
  return async (request: Request): Promise<Response> => {
    const refuse = (status: number) => new Response(null, { status, headers })
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
    const path = pathOfUrl(request.url)
    const type = path === null ? undefined : mimeTypes[extname(path).toLowerCase()]
    const body = path === null || type === undefined ? null : await bodyOf(path)
    return body === null || type === undefined ? refuse(404) : new Response(body, { headers: { ...headers, 'content-type': type } })
  }
}
