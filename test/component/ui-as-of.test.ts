import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { describe, expect, it } from 'vitest'
import AsOf from '@renderer/ui/AsOf.vue'

const AT = Date.UTC(2026, 2, 10, 10)
const said = async (props: Record<string, unknown>): Promise<string> => {
  const html = await renderToString(createSSRApp({ render: () => h(AsOf, props as never) }))
  return html.replace(/<[^>]*title="([^"]*)"[^>]*>/, '[$1] ').replace(/<[^>]+>/g, '')
}

describe('what stands beside a figure', () => {
  it('says why there is none, in the platform’s words where it gave any', async () => {
    expect(await said({ at: null, missing: null })).toContain('ещё не загружено')
    expect(await said({ at: null, missing: { dataset: 'servers', why: 'not-read', text: null } })).toContain('ещё не загружено')
    const refused = await said({ at: null, missing: { dataset: 'servers', why: 'refused', text: 'No permission' } })
    expect(refused).toContain('платформа отказала')
    expect(refused).toContain('No permission')
    expect(await said({ at: null, missing: { dataset: 'limits', why: 'not-offered', text: null } })).toContain('не предоставляется')
    expect(await said({ at: null, missing: { dataset: 'disks', why: 'failing', text: null } })).toContain('не удаётся загрузить')
  })
  it('names the list that is no longer refreshed, and the rows that it goes without', async () => {
    const text = await said({ at: AT, complete: true, without: 3, missing: { dataset: 'disks', why: 'failing', text: '500' } })
    expect(text).toContain('не обновляется: disks')
    expect(text).toContain('без 3 строк')
    expect(await said({ at: AT, complete: true, without: 0, missing: null })).not.toMatch(/без|не обновляется/)
  })
})
