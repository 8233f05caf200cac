import { it } from 'vitest'
import { startConsole } from './support/console-process'
import { setTimeout as sleep } from 'node:timers/promises'
it('smoke', async () => {
  await using c = await startConsole({ args: ['--demo'] })
  await sleep(9000)
  for (const what of ['preferences.get', 'clients.list']) {
  console.log(what, await c.page.evaluate(async (what) => { const f = what === 'preferences.get' ? () => window.api.preferences.get({}) : () => window.api.clients.list({ query: { connectionId: null, view: 'all', text: '', filters: [], sort: { by: 'name', desc: false } }, offset: 0, limit: 200 }); const t = []; let size = 0; for (let i = 0; i < 300; i++) { const s = performance.now(); size = JSON.stringify(await f()).length; t.push(performance.now() - s) } t.sort((a, b) => a - b); return [t[150], t[285], size] }, what))
  }
  await c.quit()
})
