import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { ownDemo, startDemo, type Demo, type Page } from './demo-support'

const DATASETS = [
  'client',
  'contract',
  'project',
  'vdc',
  'vm',
  'disk',
  'network',
  'router',
  'port',
  'account',
  'note',
  'limit',
  'payment',
  'ticket',
  'event',
  'partner',
  'partner_limit',
  'billing_plan',
  'billing_plan_item',
]

async function everything(demo: Demo): Promise<Record<string, string>> {
  const texts = await Promise.all(DATASETS.map(async (name) => [name, (await demo.control(`/state/${name}`)).text] as const))
  return Object.fromEntries(texts)
}

function stateFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return join(folder, 'state.db')
}

it('is the same cloud for the same seed, and another for another', async () => {
  const [one, two, other] = [await ownDemo(), await ownDemo(), await ownDemo({ seed: 8 })]
  expect(await everything(two)).toEqual(await everything(one))
  expect(two.platform.token).toBe(one.platform.token)
  expect(two.platform.control.secret).not.toBe(one.platform.control.secret)
  expect(other.platform.token).not.toBe(one.platform.token)
})

it('has the same first clients however many there are', async () => {
  const [few, many] = [await ownDemo({ clients: 5 }), await ownDemo({ clients: 12 })]
  const ids = async (demo: Demo) => (await demo.all<{ id: string }>('/v1/client')).map((row) => row.id)
  expect(await ids(many)).toEqual(expect.arrayContaining(await ids(few)))
})

it('is wholly fixed by seed and base moment, on whatever day it is started', async () => {
  const days = ['2026-03-10T00:00:00Z', '2028-02-29T23:59:00Z', '2031-12-31T20:59:59Z'].map((day) => Date.parse(day))
  const all = await Promise.all(days.map(async (now) => everything(await ownDemo({ now: () => now }))))
  for (const one of all) expect(one).toEqual(all[0])
  const [own, other] = [await ownDemo({ epoch: undefined, now: () => days[0]! }), await ownDemo({ epoch: undefined, now: () => days[1]! })]
  expect(await everything(own)).not.toEqual(await everything(other))
})

it('makes a state of another base moment anew when one is asked for', async () => {
  const file = stateFile()
  const times = async (epoch: number | undefined) => {
    const demo = await startDemo({ stateFile: file, epoch, clients: 3 })
    const [client] = (await demo.api('/v1/client')).json<Page<{ ctime: string }>>().items
    await demo.close()
    return client?.ctime
  }
  const first = await times(Date.parse('2026-03-10T00:00:00+03:00'))
  expect(await times(undefined)).toBe(first)
  expect(await times(Date.parse('2026-05-10T00:00:00+03:00'))).not.toBe(first)
})

it('changes in the same way when its clock moves in the same way', async () => {
  const [one, two] = [await ownDemo(), await ownDemo()]
  for (const demo of [one, two]) await demo.control('/clock', { advance: 5 * 86_400 })
  expect(await everything(two)).toEqual(await everything(one))
})

it('has the population that was asked for, in the proportions of a real partner', async () => {
  const demo = await ownDemo({ clients: 300 })
  const per = async (path: string) => (await demo.api(path)).json<Page>().total / 300
  expect(await per('/v1/client')).toBe(1)
  const [servers, disks, accounts, notes] = [await per('/v1/vm'), await per('/v1/disk'), await per('/v1/account'), await per('/v1/note')]
  for (const [found, wanted] of [
    [servers, 2.5],
    [disks, 4],
    [accounts, 1.5],
    [notes, 1.5],
  ] as const) {
    expect(found).toBeGreaterThan(wanted * 0.65)
    expect(found).toBeLessThan(wanted * 1.45)
  }
})

it('keeps notes, ids and the token in a state file, and makes a spoilt one anew', async () => {
  const file = stateFile()
  const first = await startDemo({ stateFile: file })
  const [client] = (await first.api('/v1/client')).json<Page<{ id: string }>>().items
  const path = `/v1/client/${client?.id ?? ''}/note`
  const note = (await first.api(path, { method: 'POST', body: { text: 'Не потерять' } })).json()
  const before = await everything(first)
  await first.close()
  const second = await startDemo({ stateFile: file })
  expect(await everything(second)).toEqual(before)
  expect((await second.api(`/v1/note/${String(note['id'])}`)).json()).toEqual(note)
  expect((await second.api(path, { method: 'POST', body: { text: 'Ещё одно' } })).status).toBe(201)
  await second.close()
  const other = await startDemo({ stateFile: file, clients: 3 })
  expect((await other.api('/v1/client')).json<Page>().total).toBe(3)
  await other.close()
  writeFileSync(file, 'no database of ours')
  const anew = await startDemo({ stateFile: file, clients: 3 })
  expect((await anew.api('/v1/client')).json<Page>().total).toBe(3)
  await anew.close()
})

it('leaves nothing of its people in plain text on the disk', async () => {
  const file = stateFile()
  const demo = await startDemo({ stateFile: file })
  const accounts = await demo.all<{ email: string; phone: string; login: string }>('/v1/account')
  const secrets = [demo.platform.token, ...accounts.flatMap(({ email, phone, login }) => [email, phone, login])].filter(Boolean)
  expect(secrets.length).toBeGreaterThan(5)
  const look = (): string[] => {
    const bytes = readdirSync(dirname(file)).map((name) => readFileSync(join(dirname(file), name)))
    return secrets.filter((secret) => bytes.some((one) => one.includes(secret)))
  }
  expect(look()).toEqual([])
  await demo.close()
  expect(look()).toEqual([])
})
