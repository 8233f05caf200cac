import type { AccessObject, EntityOf } from '@shared/domain/entities'
import { AccessObjectDto, AccountDto, AccountMoreDto, LimitDto, NoteDto, PartnerDto, StatisticDto, TariffPlanDto } from './dto'
import { extraOf, hypervisorOf, moneyOf, refOf, renamed, timeOf } from './fields'
import { mapContract, type Mapper } from './map'
import type { RustackProfile } from './profile'

/** The mappers of what the profile describes. Made once an adapter: the names on the wire are the profile's. */
export const inferredMappers = (profile: RustackProfile) => {
  const { fields } = profile
  const readOf = (names: Readonly<Record<string, string>>, ...also: string[]): ReadonlySet<string> =>
    new Set(['id', ...Object.values(names), ...also])
  const read = {
    partner: readOf(fields.partner),
    plan: readOf(fields.tariffPlan),
    account: readOf(fields.account, ...Object.keys(AccountDto.shape)),
    note: readOf(fields.note),
    limit: readOf(fields.limit),
    statistics: readOf(fields.statistics),
  }

  const partner: Mapper<EntityOf['partners']> = (raw) => {
    const dto = PartnerDto.parse(renamed(raw, fields.partner))
    return {
      entity: {
        id: dto.id,
        name: dto.name,
        providerName: dto.provider?.name ?? null,
        adminEmail: dto.adminEmail ?? null,
        nsServers: dto.nsServers ?? [],
        hypervisors: (dto.hypervisors ?? []).map(hypervisorOf),
        contractId: dto.contract?.id ?? null,
        extra: extraOf(raw, read.partner),
      },
    }
  }

  const contract: Mapper<EntityOf['contracts']> = (raw, zone) => {
    const { createdAt } = renamed(raw, fields.contract)
    return mapContract(raw, zone, {
      createdAt: timeOf(typeof createdAt === 'string' ? createdAt : null, zone),
      read: [fields.contract.createdAt],
    })
  }

  const tariffPlan: Mapper<EntityOf['tariff_plans']> = (raw, zone) => {
    const dto = TariffPlanDto.parse(renamed(raw, fields.tariffPlan))
    const { id, name, contracts } = dto
    return { entity: { id, name, createdAt: timeOf(dto.createdAt, zone), contracts: contracts ?? null, extra: extraOf(raw, read.plan) } }
  }

  const accessOf = (raw: unknown): AccessObject => {
    const { role, entity, id, name } = AccessObjectDto.parse({ ...renamed(raw, fields.accessObject) })
    return { role: profile.roles[role] ?? role, entity, id, name: name ?? '' }
  }

  const account: Mapper<EntityOf['accounts']> = (raw, zone) => {
    const dto = AccountDto.parse(raw)
    const more = AccountMoreDto.parse(renamed(raw, fields.account))
    return {
      entity: {
        id: dto.id,
        login: dto.login,
        username: dto.username ?? null,
        email: dto.email ?? null,
        phone: dto.phone ?? null,
        domain: refOf(dto.domain)?.name ?? null,
        createdAt: timeOf(more.createdAt, zone),
        active: more.active ?? null,
        blocked: more.blocked ?? null,
        objects: (more.objects ?? []).map(accessOf),
        extra: extraOf(raw, read.account),
      },
    }
  }

  /** `clientId` where the list is one client's own: its rows need not say whose they are. */
  const note =
    (clientId: string | null): Mapper<EntityOf['notes']> =>
    (raw, zone) => {
      const dto = NoteDto.parse(renamed(raw, fields.note))
      const owner = typeof dto.client === 'string' ? dto.client : (dto.client?.id ?? clientId)
      if (owner === null) throw new RangeError('a note without its client')
      const author = dto.author
      return {
        entity: {
          id: dto.id,
          clientId: owner,
          createdAt: timeOf(dto.createdAt, zone),
          modifiedAt: timeOf(dto.modifiedAt, zone),
          authorId: author?.id ?? null,
          authorName: author?.username ?? author?.login ?? null,
          text: dto.text,
          alertAt: timeOf(dto.alertAt, zone),
          confirmed: dto.confirmed ?? false,
          system: dto.system ?? false,
          extra: extraOf(raw, read.note),
        },
      }
    }

  const limit =
    (owner: 'client' | 'partner', ownerId: string): Mapper<EntityOf['limits']> =>
    (raw) => {
      const { id, hypervisor, type, value } = LimitDto.parse(renamed(raw, fields.limit))
      const known = Object.hasOwn(profile.limitTypes, type) ? (profile.limitTypes[type] ?? null) : null
      const what = { hypervisor: hypervisorOf(hypervisor), type: known, typeCode: type, value }
      return { entity: { id, owner, ownerId, ...what, extra: extraOf(raw, read.limit) } }
    }

  const statistic =
    (resolution: 'hour' | 'day'): Mapper<EntityOf['statistics']> =>
    (raw, zone) => {
      const dto = StatisticDto.parse({ ...renamed(raw, fields.statistics) })
      const at = timeOf(dto.at, zone)
      if (at === null) throw new RangeError('a point without its time')
      return {
        entity: {
          id: `${resolution}:${String(at)}`,
          at,
          resolution,
          clients: dto.clients ?? null,
          servers: dto.servers ?? null,
          cpu: dto.cpu ?? null,
          ramGb: dto.ram ?? null,
          volumeGb: dto.volume ?? null,
          diskGb: diskVolumes(dto.disks ?? [], fields.diskVolume),
          ip: dto.ip ?? null,
          networks: dto.networks ?? null,
          routers: dto.routers ?? null,
          charged: moneyOf(dto.charged),
          extra: extraOf(raw, read.statistics),
        },
      }
    }

  return { partner, contract, tariffPlan, account, note, limit, statistic }
}

/** Volume by billing class: the class as its id or as the nested object. */
const diskVolumes = (disks: readonly unknown[], names: { billingClass: string; size: string }): Record<string, number> => {
  const volumes: Record<string, number> = {}
  for (const disk of disks) {
    const { billingClass, size } = renamed(disk, names)
    const id = typeof billingClass === 'object' && billingClass !== null && 'id' in billingClass ? billingClass.id : billingClass
    const gb = Number(size)
    if (typeof id !== 'string' || !Number.isFinite(gb)) throw new RangeError('a disk volume that cannot be read')
    volumes[id] = (volumes[id] ?? 0) + gb
  }
  return volumes
}
