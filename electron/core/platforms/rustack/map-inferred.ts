import type { AccessObject, EntityOf } from '@shared/domain/entities'
import { UnreadableRow, type RowReader } from '../row-reader'
import { hypervisorsOf, mapContract, type Mapper } from './map'
import type { RustackProfile } from './profile'

/** The mappers of what the profile describes. Made once an adapter: the names on the wire are the profile's. */
export const inferredMappers = (profile: RustackProfile) => {
  const { fields } = profile

  const partner: Mapper<EntityOf['partners']> = (row) => {
    const names = fields.partner
    return {
      entity: {
        id: row.id(),
        name: row.name(names.name),
        providerName: row.ref(names.provider)?.name ?? null,
        adminEmail: row.text(names.adminEmail),
        nsServers: row.values(names.nsServers, (server) => (typeof server === 'string' ? server : null)) ?? [],
        hypervisors: hypervisorsOf(row, names.hypervisors),
        contractId: row.ref(names.contract)?.id ?? null,
        extra: row.rest(),
      },
    }
  }

  const contract: Mapper<EntityOf['contracts']> = (row) => mapContract(row, fields.contract.createdAt)

  const tariffPlan: Mapper<EntityOf['tariff_plans']> = (row) => {
    const names = fields.tariffPlan
    const known = {
      id: row.id(),
      name: row.name(names.name),
      createdAt: row.time(names.createdAt),
      contracts: row.count(names.contracts),
    }
    return { entity: { ...known, extra: row.rest() } }
  }

  const accessOf = (row: RowReader): AccessObject => {
    const names = fields.accessObject
    const role = needed(row, names.role)
    const known = { entity: needed(row, names.entity), id: row.id(names.id), name: row.name(names.name) }
    return { role: Object.hasOwn(profile.roles, role) ? (profile.roles[role] ?? role) : role, ...known }
  }

  const account: Mapper<EntityOf['accounts']> = (row) => {
    const names = fields.account
    return {
      entity: {
        ...accountOf(row),
        email: row.text('email'),
        phone: row.text('phone'),
        domain: row.ref('domain')?.name ?? null,
        createdAt: row.time(names.createdAt),
        active: row.flag(names.active),
        blocked: row.flag(names.blocked),
        // Unknown is not none: the published shape of a user has no such field.
        objects: row.list(names.objects, accessOf),
        extra: row.rest(),
      },
    }
  }

  /** `clientId` where the list is one client's own: its rows need not say whose they are. */
  const note =
    (clientId: string | null): Mapper<EntityOf['notes']> =>
    (row) => {
      const names = fields.note
      const owner = row.ref(names.client)?.id ?? clientId
      if (owner === null) throw new UnreadableRow({ field: names.client, why: 'missing' })
      const author = row.nested(names.author)
      return {
        entity: {
          id: row.id(),
          clientId: owner,
          createdAt: row.time(names.createdAt),
          modifiedAt: row.time(names.modifiedAt),
          authorId: author?.ref('id')?.id ?? null,
          authorName: author ? (author.text('username') ?? author.text('login')) : null,
          text: row.name(names.text),
          alertAt: row.time(names.alertAt),
          confirmed: row.flag(names.confirmed) ?? false,
          system: row.flag(names.system) ?? false,
          extra: row.rest(),
        },
      }
    }

  const limit =
    (owner: 'client' | 'partner', ownerId: string): Mapper<EntityOf['limits']> =>
    (row) => {
      const names = fields.limit
      const typeCode = needed(row, names.type)
      const type = Object.hasOwn(profile.limitTypes, typeCode) ? (profile.limitTypes[typeCode] ?? null) : null
      const hypervisor = row.hypervisor(names.hypervisor)
      const value = row.quantity(names.value, -1)
      if (hypervisor === null || value === null) throw row.unusable(hypervisor === null ? names.hypervisor : names.value)
      return { entity: { id: row.id(), owner, ownerId, hypervisor, type, typeCode, value, extra: row.rest() } }
    }

  const statistic =
    (resolution: 'hour' | 'day'): Mapper<EntityOf['statistics']> =>
    (row) => {
      const names = fields.statistics
      const at = row.time(names.at)
      if (at === null) throw row.unusable(names.at)
      return {
        entity: {
          id: `${resolution}:${String(at)}`,
          at,
          resolution,
          clients: row.quantity(names.clients),
          servers: row.quantity(names.servers),
          cpu: row.quantity(names.cpu),
          ramGb: row.quantity(names.ram),
          volumeGb: row.quantity(names.volume),
          diskGb: diskVolumes(row, names.disks, fields.diskVolume),
          ip: row.quantity(names.ip),
          networks: row.quantity(names.networks),
          routers: row.quantity(names.routers),
          charged: row.money(names.charged),
          extra: row.rest(),
        },
      }
    }

  return { partner, contract, tariffPlan, account, note, limit, statistic }
}

/** What an account is at least, wherever it stands. */
export const accountOf = (row: RowReader): Pick<EntityOf['accounts'], 'id' | 'login' | 'username'> => ({
  ...{ id: row.id(), login: row.name('login'), username: row.text('username') },
})

/** A text without which the record says nothing. */
const needed = (row: RowReader, field: string): string => {
  const text = row.text(field)
  if (text === null || text === '') throw row.unusable(field)
  return text
}

/** Volume by billing class: the class as its id or as the nested object. */
const diskVolumes = (row: RowReader, field: string, names: { billingClass: string; size: string }): Record<string, number> => {
  const volumes = new Map<string, number>()
  row.list(field, (disk) => {
    const billingClass = disk.ref(names.billingClass)
    const gb = disk.quantity(names.size)
    if (billingClass === null || gb === null) throw disk.unusable(billingClass === null ? names.billingClass : names.size)
    volumes.set(billingClass.id, (volumes.get(billingClass.id) ?? 0) + gb)
  })
  return Object.fromEntries(volumes)
}
