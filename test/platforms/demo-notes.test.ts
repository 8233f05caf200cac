import { describe, expect, it } from 'vitest'
import { ownDemo, type Demo, type Page } from './demo-support'

interface Note {
  id: string
  text: string
  alert_time: string | null
  confirmed: boolean
  system: boolean
  client: { id: string }
}

async function firstClient(demo: Demo): Promise<string> {
  return (await demo.api('/v1/client')).json<Page<{ id: string }>>().items[0]?.id ?? ''
}

describe('notes of the demo platform', () => {
  it('lives through create, change, confirm and delete', async () => {
    const demo = await ownDemo()
    const client = await firstClient(demo)
    const before = (await demo.all<Note>(`/v1/client/${client}/note`)).length
    const made = await demo.api(`/v1/client/${client}/note`, {
      method: 'POST',
      body: { text: 'Позвонить', alert_time: '2026-03-11T10:37:25.123456' },
    })
    const note = made.json<Note>()
    const me = (await demo.api('/v1/account/me')).json<{ id: string }>()
    expect([made.status, note]).toMatchObject([
      201,
      { text: 'Позвонить', alert_time: '2026-03-11T10:37:00', confirmed: false, system: false, author: { id: me.id } },
    ])
    expect(await demo.all(`/v1/client/${client}/note`)).toHaveLength(before + 1)
    const changed = await demo.api(`/v1/note/${note.id}`, { method: 'PUT', body: { text: 'Написать', alert_time: null } })
    expect(changed.json()).toMatchObject({ text: 'Написать', alert_time: null, client: { id: client } })
    const confirmed = await demo.api(`/v1/note/${note.id}/confirm`, { method: 'POST' })
    expect([confirmed.status, confirmed.json()]).toMatchObject([200, { confirmed: true }])
    expect((await demo.api(`/v1/note/${note.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await demo.api(`/v1/note/${note.id}`)).status).toBe(404)
  })

  it('lists the notes of all clients, and those with an alert apart', async () => {
    const demo = await ownDemo()
    const notes = await demo.all<Note>('/v1/note')
    const alerts = await demo.all<Note>('/v1/note?alert=true')
    expect(alerts.length).toBeGreaterThan(0)
    expect(alerts).toEqual(notes.filter((note) => note.alert_time !== null))
    const client = notes[0]?.client.id ?? ''
    expect(await demo.all(`/v1/note?client=${client}`)).toEqual(await demo.all(`/v1/client/${client}/note`))
  })

  it('complains about each wrong field in the language of the request', async () => {
    const demo = await ownDemo()
    const path = `/v1/client/${await firstClient(demo)}/note`
    const post = async (body: unknown, language = 'ru-ru') =>
      demo.api(path, { method: 'POST', body, headers: { 'accept-language': language } })
    expect((await post({})).json()).toEqual({ text: ['Обязательное поле.'] })
    expect((await post({}, 'en')).json()).toEqual({ text: ['This field is required.'] })
    expect((await post({ text: ' \n' })).json()).toEqual({ text: ['Это поле не может быть пустым.'] })
    expect((await post({ text: 'х'.repeat(2001), alert_time: '2026-02-31T10:00' }, 'en')).json()).toEqual({
      text: ['Ensure this field has no more than 2000 characters.'],
      alert_time: [expect.stringContaining('Datetime has wrong format')],
    })
    expect((await post({ text: 'х'.repeat(2000), alert_time: '2026-03-11T10:00+03:00' })).json()).toMatchObject({
      alert_time: '2026-03-11T07:00:00',
    })
    expect((await demo.api('/v1/client/none/note')).status).toBe(404)
  })

  it('protects the notes of the system', async () => {
    const demo = await ownDemo()
    const [system] = await demo.all<Note>('/v1/note?system=true')
    const path = `/v1/note/${system?.id ?? ''}`
    for (const request of [{ method: 'PUT', body: { text: 'x' } }, { method: 'DELETE' }]) {
      const refused = await demo.api(path, request)
      expect([refused.status, refused.json()]).toMatchObject([409, { error_alias: ['object_protected'] }])
    }
    expect((await demo.api(path)).json()).toEqual(system)
  })
})
