import { INTERNAL_DOMAIN } from '../../shared/ipc/host-protocol'
import { runCore } from './core-running'
import { exportTo } from './exporting'

/** A core that exports a list again and again, in a process of its own, so that it can be killed. Says `begun` each time. */
const [, , folder = '', databaseKey = '', target = ''] = process.argv
const { core, call, until } = runCore({ folder, start: { databaseKey } })
for (let n = 0; ; n++) {
  await core.call(INTERNAL_DOMAIN, 'exportList', exportTo(`${target}-${String(n)}.csv`))
  process.stdout.write('begun\n')
  await until(async () => (await call('jobs', 'list', {})).rows.every(({ endedAt }) => endedAt !== null))
}
