import type { Handlers } from '@shared/ipc/contract'
import type { Store } from '../../store/connection'

export const storeHandlers = (store: Pick<Store, 'notices' | 'noticeRead' | 'checkedShare'>): Handlers<'store'> => ({
  notices: () => store.notices(),
  noticeRead: ({ id }) => {
    store.noticeRead(id)
    return {}
  },
  check: () => ({ share: store.checkedShare() }),
})
