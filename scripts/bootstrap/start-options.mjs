import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { PlainError } from './plain-error.mjs'

const flags = /** @type {const} */ ({
  demo: { type: 'boolean', help: 'start the embedded demo platform and connect to it, with no question asked' },
  'user-data-dir': { type: 'string', value: 'DIR', help: 'keep all data in this folder' },
  'remote-debugging-port': { type: 'string', value: 'N', help: "make the page's debugger reachable at this loopback port" },
  headless: { type: 'boolean', help: 'no window on the screen (only without Electron’s own program)' },
  lang: { type: 'string', value: 'ru|en', help: 'the language to start in' },
  'sync-interval': { type: 'string', value: 'S', help: 'seconds between two syncs, 10 or more' },
  'platform-url': { type: 'string', value: 'URL', help: 'at first start, connect to this deployment with no question asked' },
  'platform-token-file': { type: 'string', value: 'PATH', help: 'the file that holds its token; - reads it from standard input' },
  'recovery-code-file': {
    type: 'string',
    value: 'PATH',
    help: 'open the local store with the recovery code in this file (the system’s key is lost)',
  },
  help: { type: 'boolean', help: 'print this' },
})

export const helpText = () =>
  [
    'Usage: npm start -- [options]',
    '',
    ...Object.entries(flags).map(([name, flag]) => `  --${'value' in flag ? `${name}=${flag.value}` : name}`.padEnd(34) + flag.help),
    '',
    'With Electron’s program present the console runs on it, otherwise on an installed Chromium.',
  ].join('\n')

const wholeNumber = (/** @type {string} */ text, /** @type {number} */ least, /** @type {number} */ most) =>
  /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most

/** @param {Record<string, string | boolean | undefined>} values @returns {string | null} */
const complaint = (values) => {
  const { lang, 'sync-interval': interval, 'remote-debugging-port': port, 'platform-url': url, 'platform-token-file': tokenFile } = values
  if (lang !== undefined && lang !== 'ru' && lang !== 'en') return '--lang takes ru or en.'
  if (interval !== undefined && !wholeNumber(String(interval), 10, 86_400)) return '--sync-interval takes seconds, from 10 to 86400.'
  if (port !== undefined && !wholeNumber(String(port), 1, 65_535)) return '--remote-debugging-port takes a port number.'
  if ((url === undefined) !== (tokenFile === undefined)) return '--platform-url and --platform-token-file go together.'
  if (url !== undefined && !URL.canParse(String(url))) return '--platform-url takes an address such as https://cloud.example.'
  return null
}

/**
 * Checks the options of `npm start --` and gives them back in one spelling (`--name=value`).
 * @param {string[]} argv
 * @returns {{ help: boolean, headless: boolean, args: string[] }}
 */
export const readStartOptions = (argv) => {
  const values = parse(argv)
  const problem = complaint(values)
  if (problem !== null) throw new PlainError(problem, 2)
  const args = Object.entries(values).map(([name, value]) => (value === true ? `--${name}` : `--${name}=${absolute(name, String(value))}`))
  return { help: values['help'] === true, headless: values['headless'] === true, args }
}

const paths = ['user-data-dir', 'platform-token-file', 'recovery-code-file']

/** npm runs us in the repository's folder: a path means the folder where the person typed it. */
const absolute = (/** @type {string} */ name, /** @type {string} */ value) =>
  paths.includes(name) && value !== '-' ? resolve(process.env['INIT_CWD'] ?? process.cwd(), value) : value

/** @param {string[]} argv @returns {Record<string, string | boolean | undefined>} */
const parse = (argv) => {
  const options = Object.fromEntries(Object.entries(flags).map(([name, { type }]) => [name, { type }]))
  try {
    return { ...parseArgs({ args: argv, options, strict: true, allowPositionals: false }).values }
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)
    throw new PlainError(`${said.replace(/\.$/, '')}. \`npm start -- --help\` lists what there is.`, 2)
  }
}
