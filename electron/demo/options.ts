import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseBreaks } from './breaks'
import { parseFaults } from './faults'
import { naiveTime, zoneMinutes } from './naive-time'
import type { PlatformOptions } from './platform'
import { readProfile } from './rustack/profile'

/** The command line of the demo platform; every complaint is one plain sentence. */
export const HELP = `npm run platform -- [options]     the demo platform alone: the РУСТЭК API on a simulated cloud

  --port N          port of the API on 127.0.0.1 (default: a free port that the system picks)
  --clients N       size of the population (default 200)
  --partners N      1 to 3 partners (default 1)
  --seed N          the same seed gives the same population and token (default 1)
  --page-size N     rows per page (default 10, as the platform has it)
  --page-size-param NAME  a query parameter by which more rows a page can be asked (default: none)
  --max-page-size N       the most that it gives (default 500)
  --latency MS      added to every answer
  --faults SPEC     e.g. "500:0.05,drop:0.02,429:0.02,409:0.01,slow:0.1,garbage:0.02"
  --break SPEC      lists that never work, e.g. "disk:500,client/limit:403,vm:hang"
  --churn N         changes a second: rows made, changed, moved and removed (default 0)
  --speed X         simulated seconds per real second, 0 = stopped (default 1)
  --epoch ISO       base moment of the population (default: today's midnight, UTC+3)
  --zone ZONE       in which times are written: minutes east of UTC, or +03:00 (default UTC)
  --profile FILE    paths, fields and codes of the unpublished half, as electron/demo/rustack/profile.json has them
  --state FILE      keep the state in this SQLite file
  --strict          refuse what no public client asks (ports of all data centres, an unknown sort), references as {}
  --sort-ignored    every list in its own order, whatever sort is asked
  --swagger         describe the API at /swagger/?format=openapi, as some deployments do
  --known-only      only the published half of the API
  --help            this text

Prints one line of JSON when ready and stops on SIGTERM. See docs/demo-platform.md.
`

export class OptionError extends Error {}

const TEXT = { type: 'string' } as const
const SPEC = {
  port: TEXT,
  clients: TEXT,
  partners: TEXT,
  seed: TEXT,
  'page-size': TEXT,
  'page-size-param': TEXT,
  'max-page-size': TEXT,
  latency: TEXT,
  faults: TEXT,
  break: TEXT,
  churn: TEXT,
  speed: TEXT,
  epoch: TEXT,
  zone: TEXT,
  state: TEXT,
  profile: TEXT,
  'known-only': { type: 'boolean' },
  swagger: { type: 'boolean' },
  strict: { type: 'boolean' },
  'sort-ignored': { type: 'boolean' },
  help: { type: 'boolean' },
} as const

interface Range {
  readonly least: number
  readonly most: number
  readonly whole: boolean
}

function numberOf(name: string, text: string | undefined, { least, most, whole }: Range): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  const fits = text.trim() !== '' && value >= least && value <= most && (!whole || Number.isInteger(value))
  if (!fits) throw new OptionError(`--${name} must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}, not "${text}"`)
  return value
}

const whole = (least: number, most: number): Range => ({ least, most, whole: true })

function explained<T>(name: string, text: string | undefined, read: (text: string) => T): T | undefined {
  try {
    return text === undefined ? undefined : read(text)
  } catch (error) {
    throw new OptionError(`--${name}: ${(error as Error).message}`)
  }
}

function epochOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const moment = naiveTime(0).parse(text, true)
  if (moment === undefined) throw new OptionError(`--epoch must be a date such as 2026-03-01T00:00:00+03:00, not "${text}"`)
  return moment
}

function zoneOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const zone = zoneMinutes(text)
  if (zone === undefined) throw new OptionError(`--zone must be minutes such as 180, or a form such as +03:00, not "${text}"`)
  return zone
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: SPEC, strict: true }).values
  } catch (error) {
    throw new OptionError((error as Error).message)
  }
}

export function readOptions(argv: readonly string[]): PlatformOptions | 'help' {
  const values = parse(argv)
  if (values.help === true) return 'help'
  return {
    port: numberOf('port', values.port, whole(0, 65_535)),
    clients: numberOf('clients', values.clients, whole(0, 1_000_000)),
    partners: numberOf('partners', values.partners, whole(1, 3)),
    seed: numberOf('seed', values.seed, whole(0, 2_147_483_647)),
    pageSize: numberOf('page-size', values['page-size'], whole(1, 10_000)),
    pageSizeParam: values['page-size-param'],
    maxPageSize: numberOf('max-page-size', values['max-page-size'], whole(1, 10_000)),
    latencyMs: numberOf('latency', values.latency, whole(0, 600_000)),
    speed: numberOf('speed', values.speed, { least: 0, most: 1_000_000, whole: false }),
    faults: explained('faults', values.faults, parseFaults),
    breaks: explained('break', values.break, parseBreaks),
    churn: numberOf('churn', values.churn, { least: 0, most: 1000, whole: false }),
    epoch: epochOf(values.epoch),
    zoneMinutes: zoneOf(values.zone),
    profile: explained('profile', values.profile, (file) => readProfile(JSON.parse(readFileSync(file, 'utf8')))),
    stateFile: values.state,
    knownOnly: values['known-only'] ?? false,
    swagger: values.swagger ?? false,
    strict: values.strict ?? false,
    sortIgnored: values['sort-ignored'] ?? false,
  }
}
