import type { Api } from '../http/api'
import type { Handler } from '../http/handler'
import { wireName } from '../profile'
import type { Body } from '../rows'

/** A strict deployment does not tell what a user may do where: that is unknown then, which is not the same as nothing. */
export function withoutRights({ quirks, cloud }: Api, account: Body): Body {
  if (!quirks.strict) return account
  const hidden = wireName(cloud.profile, 'account', 'objects')
  return Object.fromEntries(Object.entries(account).filter(([key]) => key !== hidden))
}

/** The same for a list of users. */
export function listWithoutRights(api: Api, list: Handler): Handler {
  if (!api.quirks.strict) return list
  return (call) => {
    const page = JSON.parse(list(call).body as string) as { items: Body[] }
    return { body: { ...page, items: page.items.map((one) => withoutRights(api, one)) } }
  }
}
