import { entities } from '@shared/domain/entities'
import { columnsOf } from './columns'
import { ofNobody, type DatasetDescriptor } from './descriptor'
import { clientOfVdc } from './owners'

const disk = columnsOf(entities.disks)
const profile = columnsOf(entities.storage_profiles)

export const disks: DatasetDescriptor<'disks'> = {
  dataset: 'disks',
  table: 'disk',
  columns: [
    ...[...disk.text('name', 'vdcId', 'serverId'), ...disk.real('sizeGb'), ...disk.flag('isRoot')],
    ...disk.text('storageProfileId', 'storageProfileName', 'billingClassId'),
  ],
  journal: (row, context) => clientOfVdc(context, row('vdc_id')),
  touches: [{ kind: 'vdc', by: 'vdc_id', of: ['size_gb', 'storage_profile_id', 'storage_profile_name', 'billing_class_id'] }],
}

export const storageProfiles: DatasetDescriptor<'storage_profiles'> = {
  dataset: 'storage_profiles',
  table: 'storage_profile',
  columns: profile.text('name', 'billingClassId', 'billingClassName', 'measure'),
  journal: ofNobody,
  rests: true,
}
