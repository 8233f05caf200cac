import { api } from '@renderer/api/client'
import { useColumnKinds, type ListColumn } from '@renderer/list/columns'
import { useList } from '@renderer/list/use-list'
import { useText } from '@renderer/locales'
import { userList } from '@shared/domain/lists/users'
import type { Output } from '@shared/ipc/contract'
import type { UserRow } from '@shared/ipc/organisation'
import { computed } from 'vue'

const setup = { spec: userList, texts: 'users' as const, load: api.users.list, follow: ['accounts'] as const }
export const useUsers = () => useList<UserRow, Output<'users', 'list'>>(setup)

export const useUserWords = () => {
  const t = useText()
  const flag = (value: boolean | null, yes: string, no: string): string => (value === null ? '—' : value ? yes : no)
  return {
    active: (row: UserRow): string => flag(row.active, t('users.value.active.yes'), t('users.value.active.no')),
    blocked: (row: UserRow): string => flag(row.blocked, t('users.value.blocked.yes'), t('users.value.blocked.no')),
    /** null is not nothing: the platform did not say. */
    access: ({ objects, objectCount, objectsUnread: n }: UserRow): string => {
      if (objects === null || objectCount === null) return '—'
      const [first] = objects
      if (!first) return n > 0 ? t('users.accessUnread', { n }) : t('users.noAccess')
      const known = objectCount > 1 ? t('list.many', { first: first.name, n: objectCount - 1 }) : first.name
      return n > 0 ? t('users.accessPart', { known, n }) : known
    },
  }
}

export const useUserColumns = () => {
  const t = useText()
  const words = useUserWords()
  const kinds = useColumnKinds<UserRow>(setup)
  const flags = (key: 'active' | 'blocked') => ({
    field: key,
    as: 'text' as const,
    title: t(`users.col.${key}`),
    words: { true: t(`users.value.${key}.yes`), false: t(`users.value.${key}.no`) },
  })
  return computed((): ListColumn<UserRow>[] => [
    kinds.text('login', { width: 220, rank: 0, grow: 1 }),
    kinds.text('name', { of: 'username', width: 210, rank: 1, grow: 1 }),
    kinds.text('active', { width: 140, rank: 3, text: words.active, file: [flags('active')] }),
    kinds.text('blocked', { width: 140, rank: 4, text: words.blocked, file: [flags('blocked')] }),
    kinds.text('access', {
      width: 220,
      rank: 2,
      grow: 1,
      text: words.access,
      file: [{ field: 'objectCount', as: 'number', title: t('users.col.access') }],
    }),
    kinds.text('domain', { width: 130, rank: 6 }),
    kinds.day('created', { of: 'createdAt', width: 130, rank: 5 }),
  ])
}
