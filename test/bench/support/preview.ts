import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { freshFolder, root, type Context } from './context'

export interface Preview {
  url: string
  close: () => void
}

/** The renderer as it ships, over a made-up program that holds any number of clients. */
export const openPreview = async (context: Context): Promise<Preview> => {
  const folder = freshFolder(context, 'preview')
  build(folder)
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname
    const file = join(folder, path === '/' ? 'index.html' : path)
    if (!existsSync(file)) return response.writeHead(404).end()
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
    return response.end(readFileSync(file))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`, close: () => server.close() }
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

const build = (folder: string): void => {
  const config = join(root, 'test/support/renderer-preview/vite.config.ts')
  const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '-c', config, '--logLevel', 'error']
  const env = { ...process.env, PREVIEW_OUT: folder, NODE_OPTIONS: '' }
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the preview cannot be built: ${stderr.trim().split('\n')[0] ?? ''}`)
}
