// Serves the built preview on loopback with the Content-Security-Policy that the program sends.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}
export const outDir = process.env['PREVIEW_OUT'] ?? fileURLToPath(new URL('../../../.cache/renderer-preview', import.meta.url))

export const servePreview = (dir = outDir): Promise<{ url: string; close: () => void }> =>
  new Promise((ready) => {
    const server = http.createServer((request, response) => {
      const asked = new URL(request.url ?? '/', 'http://x').pathname
      const file = path.join(dir, asked === '/' ? 'index.html' : path.normalize(asked))
      if (!file.startsWith(dir) || !fs.existsSync(file)) {
        response.statusCode = 404
        response.end()
        return
      }
      response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream')
      response.setHeader('content-security-policy', CSP)
      fs.createReadStream(file).pipe(response)
    })
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      ready({ url: `http://127.0.0.1:${port}/`, close: () => server.close() })
    })
  })
