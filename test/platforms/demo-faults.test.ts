import { describe, expect, it } from 'vitest'
import { parseFaults } from '../../electron/demo/faults'
import { ownDemo, type Answer, type Demo, type Page } from './demo-support'

type Outcome = '200' | '429' | '500' | '409' | 'garbage' | 'dropped'

function outcomeOf(answer: Answer): Outcome {
  if (answer.status !== 200) return String(answer.status) as Outcome
  try {
    answer.json()
    return '200'
  } catch {
    return 'garbage'
  }
}

async function ask(demo: Demo, times: number): Promise<Map<Outcome, number>> {
  const counts = new Map<Outcome, number>()
  for (let at = 0; at < times; at++) {
    const outcome = await demo.api('/v1/account/me').then(outcomeOf, () => 'dropped' as const)
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
  return counts
}

describe('faults of the demo platform', () => {
  it('come at about the rates that were asked for, and the same ones for the same seed', async () => {
    const faults = parseFaults('500:0.1,429:0.1,drop:0.1,garbage:0.1,409:0.1')
    const [one, two] = [await ownDemo({ faults }), await ownDemo({ faults })]
    const counts = await ask(one, 400)
    for (const kind of ['500', '429', '409', 'garbage', 'dropped'] as const) {
      expect(counts.get(kind), kind).toBeGreaterThan(20)
      expect(counts.get(kind), kind).toBeLessThan(65)
    }
    expect(await ask(two, 400)).toEqual(counts)
  })

  it('tells how long to wait, and never touches the control endpoint', async () => {
    const demo = await ownDemo({ faults: parseFaults('429:1') })
    const answer = await demo.api('/v1/client', { headers: { 'accept-language': 'en' } })
    expect([answer.status, answer.headers.get('retry-after'), answer.json()]).toEqual([429, '1', { detail: 'Request was throttled.' }])
    expect((await demo.control('/clock')).status).toBe(200)
    await demo.control('/faults', { faults: '' })
    expect((await demo.api('/v1/client')).status).toBe(200)
    expect((await demo.control('/faults', { faults: 'fire:0.5' })).status).toBe(400)
  })

  it('loses some answers after the effect and some requests before it', async () => {
    const demo = await ownDemo()
    const [client] = (await demo.api('/v1/client')).json<Page<{ id: string }>>().items
    const path = `/v1/client/${client?.id ?? ''}/note`
    await demo.control('/faults', { faults: 'drop:1' })
    for (let at = 0; at < 30; at++) await expect(demo.api(path, { method: 'POST', body: { text: `Потеря ${at}` } })).rejects.toThrow()
    await demo.control('/faults', { faults: '' })
    const made = (await demo.all<{ text: string }>(path)).filter((note) => note.text.startsWith('Потеря'))
    expect(made.length).toBeGreaterThan(5)
    expect(made.length).toBeLessThan(25)
    const { counters } = (await demo.control('/log')).json<{ counters: { faults: Record<string, number> } }>()
    expect(counters.faults['drop-after']).toBe(made.length)
    expect((counters.faults['drop-before'] ?? 0) + made.length).toBe(30)
  })

  it('adds latency', async () => {
    const demo = await ownDemo({ latencyMs: 80 })
    const start = performance.now()
    await demo.api('/v1/account/me')
    expect(performance.now() - start).toBeGreaterThan(75)
  })

  it('explains a wrong specification', () => {
    expect(parseFaults('500:0.05, slow:1')).toEqual({ '500': 0.05, slow: 1 })
    expect(() => parseFaults('fire:0.1')).toThrow('unknown fault "fire"')
    expect(() => parseFaults('500:2')).toThrow('from 0 to 1')
    expect(() => parseFaults('500:0.7,drop:0.7')).toThrow('add up')
  })
})
