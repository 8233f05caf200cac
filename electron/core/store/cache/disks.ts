import { flag, named, type EntityTable } from './entity-table'
import { clientOfVdc } from './projects'

export const diskTable: EntityTable<'disks'> = {
  dataset: 'disks',
  table: 'disk',
  columns: named('name', 'vdc_id', 'server_id', 'size_gb', 'is_root', 'storage_profile_id', 'storage_profile_name', 'billing_class_id'),
  cells: (disk) => [
    disk.name,
    disk.vdcId,
    disk.serverId,
    disk.sizeGb,
    flag(disk.isRoot),
    disk.storageProfileId,
    disk.storageProfileName,
    disk.billingClassId,
  ],
  touches: [{ kind: 'vdc', by: 'vdc_id', of: ['size_gb', 'storage_profile_id', 'storage_profile_name', 'billing_class_id'] }],
  clientOf: (disk, context) => clientOfVdc(context, disk.vdcId),
}

export const storageProfileTable: EntityTable<'storage_profiles'> = {
  dataset: 'storage_profiles',
  table: 'storage_profile',
  columns: named('name', 'billing_class_id', 'billing_class_name', 'measure'),
  cells: (profile) => [profile.name, profile.billingClassId, profile.billingClassName, profile.measure],
  clientOf: () => null,
}
