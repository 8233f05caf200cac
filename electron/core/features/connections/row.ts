import type { ConnectionRow } from '@shared/ipc/connections'
import { definitionOf } from '../../platforms/registry'
import type { StoredConnection } from '../../store/local/connections'

/** A connection as the window sees it. */
export const toConnectionRow = (it: StoredConnection): ConnectionRow => {
  const platform = definitionOf(it.settings.platform)
  const own = platform.profile === null ? null : platform.profile.textOf(it.settings) !== null
  return {
    id: it.id,
    platform: it.settings.platform,
    name: it.name,
    address: platform.address(it.settings),
    utcOffsetMinutes: platform.zone(it.settings),
    billingOffsetMinutes: it.billingOffsetMinutes,
    profile: own === null ? null : own ? 'own' : 'standard',
    color: it.color,
    demo: it.demo,
    accountLogin: it.accountLogin,
    accountName: it.accountName,
    state: it.state,
  }
}
