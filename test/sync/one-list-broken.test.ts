import { it } from 'vitest'
import { breakages, type Breakage } from '../support/breaking-front'
import { oneListBroken, type KnownList } from '../support/one-list-broken'

/** Each way once; every list in every way is among the long rounds. */
const lists: KnownList[] = ['disks', 'clients', 'ports', 'servers', 'vdcs']
const cases = lists.map((list, at): [KnownList, Breakage] => [list, breakages[at] ?? '500'])

it.each(cases)(
  'while the list of %s answers %s for ever, what changes elsewhere shows within three intervals, and only that list is named',
  { timeout: 60_000 },
  oneListBroken,
)
