import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { CommandLine } from './command-line'

const LARGEST_TOKEN = 4000

const readStream = async (stream: Readable): Promise<string> => {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.includes('\n') || text.length > LARGEST_TOKEN) break
  }
  return text.split('\n')[0] ?? ''
}

/** The deployment named on the command line, with its token from a file or from standard input; null = none, or no token. */
export const readFirstConnection = async (
  options: CommandLine,
  stdin: () => Readable,
): Promise<{ baseUrl: string; token: string } | null> => {
  const { platformUrl, platformTokenFile } = options
  if (platformUrl === null || platformTokenFile === null) return null
  const text = platformTokenFile === '-' ? await readStream(stdin()) : await readFile(platformTokenFile, 'utf8')
  const token = text.trim()
  return token === '' || token.length > LARGEST_TOKEN ? null : { baseUrl: platformUrl, token }
}
