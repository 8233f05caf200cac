import { afterEach, describe, expect, it } from 'vitest'
import { startPlatform, type Platform } from '../../electron/demo/platform'
import { profileFrom, rustackProfile } from '../../electron/core/platforms/rustack/profile-text'
import { scriptedDeployment, type ScriptedDeployment } from '../support/scripted-deployment'
import { deploymentProfile, OTHER_PROFILE } from '../support/other-profile'
import { never, rustackAdapter } from '../support/synced-console'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
const kept = <T extends { close(): unknown }>(one: T): T => {
  open.push(one)
  return one
}
const check = (text: string) => rustackProfile.check(text).map(({ line, column, path, reason }) => [line, column, path, reason])

describe('a profile', () => {
  it('as the program has it, and with nothing of its own, can be used', () => {
    expect(rustackProfile.check(rustackProfile.standard)).toEqual([])
    expect(profileFrom('{}')).toEqual(profileFrom(null))
  })

  it('says only what differs: the rest is as in the standard one, but a table of codes is meant whole', () => {
    const own = profileFrom('{ "paths": { "clientNotes": "/v1/remark/:id" }, "limitTypes": { "CPU_CORES": "cpu" } }')
    const standard = profileFrom(null)
    expect(own.paths).toEqual({ ...standard.paths, clientNotes: '/v1/remark/:id' })
    expect(own.fields).toEqual(standard.fields)
    expect(own.limitTypes).toEqual({ CPU_CORES: 'cpu' })
  })

  it.each<[string, string, unknown[]]>([
    ['no JSON', '{\n  "paths": {,\n}', [[2, 13, '', 'not-json']]],
    ['cut off', '{ "paths": {', [[1, 13, '', 'not-json']]],
    ['empty', '', [[1, 1, '', 'not-json']]],
    ['a comment', '{\n  // paths\n}', [[2, 3, '', 'not-json']]],
    ['a list', '[]', [[1, 1, '', 'not-an-object']]],
    ['an unknown name', '{\n  "paths": {\n    "remarks": "/v1/remark"\n  }\n}', [[3, 5, 'paths.remarks', 'unknown-name']]],
    ['a path without its slash', '{\n  "paths": { "notes": "v1/note" }\n}', [[2, 14, 'paths.notes', 'not-a-path']]],
    ['a path with blanks', '{ "paths": { "notes": "/v1/my note" } }', [[1, 14, 'paths.notes', 'not-a-path']]],
    ['no place for the id', '{ "paths": { "clientNotes": "/v1/note" } }', [[1, 14, 'paths.clientNotes', 'needs-id']]],
    ['no place for the limit', '{ "paths": { "clientLimit": "/v1/limit" } }', [[1, 14, 'paths.clientLimit', 'needs-limit']]],
    ['a number for a name', '{ "fields": { "note": { "text": 5 } } }', [[1, 25, 'fields.note.text', 'not-a-text']]],
    ['an empty name', '{ "fields": { "note": { "text": "" } } }', [[1, 25, 'fields.note.text', 'empty']]],
    ['null for a path that is needed', '{ "paths": { "note": null } }', [[1, 14, 'paths.note', 'not-a-text']]],
    ['a text for a table', '{ "fields": "x" }', [[1, 3, 'fields', 'not-an-object']]],
    ['a limit that nobody knows', '{ "limitTypes": { "gpu": "gpus" } }', [[1, 19, 'limitTypes.gpu', 'not-a-limit-type']]],
    ['a name twice', '{ "title": "a",\n  "title": "b" }', [[2, 3, 'title', 'duplicate']]],
    ['two fields under one name', '{ "fields": { "limit": { "type": "value" } } }', [[1, 26, 'fields.limit.value', 'twice']]],
  ])('is refused with its place: %s', (_what, text, problems) => {
    const found = check(text)
    if (_what === 'two fields under one name') expect(found.map(([, , , reason]) => reason)).toEqual(['twice'])
    else expect(found).toEqual(problems)
  })

  it('tells every mistake, from the top down', () => {
    const text = '{\n  "paths": { "notes": "x" },\n  "roles": 1,\n  "fields": { "note": { "text": "" } }\n}'
    expect(check(text).map(([line, , path]) => [line, path])).toEqual([
      [2, 'paths.notes'],
      [3, 'roles'],
      [4, 'fields.note.text'],
    ])
  })

  it('that is hostile breaks nothing', () => {
    expect(check('['.repeat(100_000)).map(([, , , reason]) => reason)).toEqual(['not-json'])
    expect(check(`{ "__proto__": { "x": 1 } }`).map(([, , , reason]) => reason)).toEqual(['unknown-name'])
    expect(check(' '.repeat(300_000)).map(([, , , reason]) => reason)).toEqual(['too-long'])
    expect(({} as { x?: unknown }).x).toBe(undefined)
  })
})

describe('a deployment with paths and names of its own', () => {
  const started = async (): Promise<Platform> => kept(await startPlatform({ clients: 25, speed: 0, profile: deploymentProfile() }))

  it('offers no notes by the standard profile, and all by its own', async () => {
    const platform = await started()
    const strange = await kept(rustackAdapter(platform)).probe(never)
    expect([strange.capabilities.datasets.notes?.offered, strange.capabilities.datasets.limits?.offered]).toEqual([false, false])
    const adapter = kept(rustackAdapter(platform, { profile: profileFrom(OTHER_PROFILE) }))
    const { capabilities } = await adapter.probe(never)
    expect([capabilities.datasets.notes?.offered, capabilities.datasets.limits?.offered]).toEqual([true, true])
    const [client] = (await adapter.page({ dataset: 'clients', cursor: null, signal: never })).items
    const clientId = client?.id ?? ''
    const note = await adapter.notes.create({ clientId, text: 'Позвонить', alertAt: 1_800_000_000_000 }, never)
    expect(note).toMatchObject({ text: 'Позвонить', alertAt: 1_800_000_000_000 })
    const { rows } = await adapter.limits.ofClient(clientId, never)
    expect(rows.every(({ type }) => type !== null)).toBe(true)
    expect(rows.length).toBeGreaterThan(0)
  })

  it('is asked each path once, and tells what is there and what is not', async () => {
    const platform = await started()
    const right = await kept(rustackAdapter(platform, { profile: profileFrom(OTHER_PROFILE) })).profile.paths(never)
    const outcome = (name: string, answers = right) => answers.find((answer) => answer.name === name)?.outcome
    expect(outcome('clientLimits')).toMatchObject({ kind: 'answered', status: 200, missing: [] })
    expect(outcome('noteConfirm')).toMatchObject({ kind: 'answered', allow: 'POST, OPTIONS' })
    expect(outcome('note')).toMatchObject({ kind: 'answered', allow: expect.stringContaining('PUT') as string })
    const wrong = await kept(rustackAdapter(platform)).profile.paths(never)
    expect(outcome('clientLimits', wrong)).toMatchObject({ kind: 'failed', error: { code: 'not-found' } })
    expect(outcome('note', wrong)).toEqual({ kind: 'skipped', why: 'no-note' })
    const halfRight = OTHER_PROFILE.replace('"cap"', '"ceiling"')
    const half = await kept(rustackAdapter(platform, { profile: profileFrom(halfRight) })).profile.paths(never)
    expect(outcome('clientLimits', half)).toMatchObject({ kind: 'answered', missing: ['ceiling'] })
  })
})

describe('what a deployment says of its own API', () => {
  const swagger = {
    swagger: '2.0',
    info: { title: 'Cloud API' },
    basePath: '/v1',
    definitions: { Note: { properties: { id: {}, text: {}, alert: {} } }, Loop: { $ref: '#/definitions/Loop' } },
    paths: {
      '/note': {
        get: { responses: { 200: { schema: { properties: { items: { type: 'array', items: { $ref: '#/definitions/Note' } } } } } } },
        post: {},
      },
      '/loop': { get: { responses: { 200: { schema: { $ref: '#/definitions/Loop' } } } } },
    },
  }
  const described = async (deployment: ScriptedDeployment) => kept(rustackAdapter(kept(deployment))).profile.described(never)

  it('is read where the usual generators put it', async () => {
    const asked = await described(
      await scriptedDeployment({ '/swagger/': ({ query }) => (query.get('format') === 'openapi' ? { json: swagger } : null) }),
    )
    expect(asked).toEqual({
      path: '/swagger/?format=openapi',
      title: 'Cloud API',
      paths: [
        { path: '/v1/note', methods: ['get', 'post'], fields: ['id', 'text', 'alert'] },
        { path: '/v1/loop', methods: ['get'], fields: [] },
      ],
    })
    expect(await described(await scriptedDeployment({ '/swagger.json': () => ({ json: swagger }) }))).toMatchObject({
      path: '/swagger.json',
    })
  })

  it('may be nothing', async () => {
    expect(await described(await scriptedDeployment({}))).toBe(null)
    expect(await described(await scriptedDeployment({ '/swagger.json': () => ({ json: { hello: 1 } }) }))).toBe(null)
  })
})
