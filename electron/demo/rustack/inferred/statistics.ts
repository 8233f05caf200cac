import type { NaiveTime } from '../../naive-time'
import { ApiError, missing } from '../http/errors'
import { idOf, type Api } from '../http/api'
import { arrayPage } from '../http/listing'
import type { Answer, Call, Resource } from '../http/handler'
import { text } from '../http/texts'
import { wire } from '../profile'
import { bucketStart, seriesOf, type Detail, type Point } from '../series'
import { FIELD } from '../usage'

function detailOf(api: Api, call: Call): Detail {
  const key = api.cloud.profile.queries.detail
  const asked = call.query.get(key) ?? 'day'
  if (asked !== 'hour' && asked !== 'day') throw new ApiError(400, { [key]: [text(call.language, 'choice', asked)] })
  return asked
}

function momentOf(api: Api, call: Call, key: string, otherwise: number): number {
  const asked = call.query.get(key)
  if (asked === null || asked === '') return otherwise
  const moment = api.cloud.time.parse(asked, true)
  if (moment === undefined) throw new ApiError(400, { [key]: [text(call.language, 'datetime')] })
  return moment
}

function withinRange(api: Api, call: Call, detail: Detail, points: readonly Point[]): Point[] {
  const { from, to } = api.cloud.profile.queries
  const first = bucketStart(momentOf(api, call, from, 0), detail)
  const last = momentOf(api, call, to, Number.MAX_SAFE_INTEGER)
  return points.filter((point) => point.time >= first && point.time <= last)
}

/** A whole number stays one; RAM may have a fraction. */
const tidy = (value: number) => Math.round(value * 1000) / 1000

function common(time: NaiveTime, point: Point) {
  const { figures } = point
  const volume = tidy(figures.slice(FIELD.disk).reduce((sum, size) => sum + size, 0))
  const [servers, cpu, ram] = [figures[FIELD.servers]!, figures[FIELD.cpu]!, tidy(figures[FIELD.ram]!)]
  return { time: time.seconds(point.time), servers, cpu, ram, volume, amount: point.amount }
}

function disksOf(api: Api, point: Point): object[] {
  return api.cloud.catalogue.storage.flatMap(({ billing_class }, place) => {
    const size = tidy(point.figures[FIELD.disk + place]!)
    return size === 0 ? [] : [wire(api.cloud.profile, 'diskVolume', { service: billing_class.id, size })]
  })
}

function full(api: Api, point: Point): object {
  const { figures } = point
  const [clients, ip, networks, routers] = [FIELD.clients, FIELD.ip, FIELD.networks, FIELD.routers].map((at) => figures[at])
  return wire(api.cloud.profile, 'statistics', {
    ...common(api.cloud.time, point),
    clients,
    disks: disksOf(api, point),
    ip,
    networks,
    routers,
  })
}

/** The whole window is computed once per hour and change, because it is asked for page by page. */
function totalSeries(api: Api): (detail: Detail) => Point[] {
  const known = new Map<Detail, { key: string; points: Point[] }>()
  return (detail) => {
    const now = api.cloud.clock.now()
    const key = `${api.cloud.usage.version()}/${bucketStart(now, 'hour')}`
    const found = known.get(detail)
    if (found?.key === key) return found.points
    const points = seriesOf(api.cloud.usage.hours(), detail, now)
    known.set(detail, { key, points })
    return points
  }
}

function ofClient(api: Api, call: Call): Answer {
  const client = api.cloud.store.byId('client', idOf(call))
  if (client === undefined) throw missing()
  const detail = detailOf(api, call)
  const points = seriesOf(api.cloud.usage.hoursOf(client.n), detail, api.cloud.clock.now())
  const rows = withinRange(api, call, detail, points).map((point) => wire(api.cloud.profile, 'statistics', common(api.cloud.time, point)))
  return { body: arrayPage(rows, call.query, api.pageLimit) }
}

export function statisticsRoutes(api: Api): Resource[] {
  const { paths } = api.cloud.profile
  const series = totalSeries(api)
  const total = (call: Call): Answer => {
    const detail = detailOf(api, call)
    const rows = withinRange(api, call, detail, series(detail)).map((point) => full(api, point))
    return { body: arrayPage(rows, call.query, api.pageLimit) }
  }
  return [
    { path: paths.statistics, name: 'Statistics', kind: 'read', handlers: { GET: total } },
    { path: paths.clientStatistics, name: 'Client Statistics', kind: 'read', handlers: { GET: (call) => ofClient(api, call) } },
  ]
}
