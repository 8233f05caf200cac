import { it } from 'vitest'
import { breakages } from '../support/breaking-front'
import { knownLists, oneListBroken, type KnownList } from '../support/one-list-broken'

const lists = Object.keys(knownLists) as KnownList[]

it.each(lists.flatMap((list) => breakages.map((as) => [list, as] as const)))(
  'while the list of %s answers %s for ever, what changes elsewhere shows within three intervals, and only that list is named',
  oneListBroken,
)
