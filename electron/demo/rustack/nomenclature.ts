/** The 28 services of a tariff plan in the guide's order (§3.1); ids the guide does not show follow its style. */
export interface BillingClass {
  readonly id: string
  readonly name: string
  readonly sku_mask: string
  readonly measure: 'ГБ' | 'шт.'
}

/** Rubles per unit and day in the plan with factor 1. */
interface Service extends BillingClass {
  readonly perDay: number
}

function service(id: string, name: string, sku: string, perDay: number): Service {
  return { id, name, sku_mask: sku, measure: sku.includes('-GB-') ? 'ГБ' : 'шт.', perDay }
}

const PROVISION = 'Предоставление'
const SPACE = `${PROVISION} дискового пространства уровня`

export const SERVICES: readonly Service[] = [
  service('bandwidth', 'Полоса пропускания', 'IS-XXX-BNDW-XXX-XX-U-GB-D', 3),
  service('ipsec_con', `${PROVISION} lan-to-lan IPSEC VPN`, 'IS-ESX-VPNC-XXX-TU-P-PC-D', 25),
  service('iso', `${PROVISION} сервиса резервного копирования и хранения образов`, 'IS-ESX-VHDD-SAT-CA-U-GB-D', 0.2),
  service('kvm_backup_storage', 'Хранение резервной копии (KVM)', 'IS-KVM-BACK-CIN-CA-P-GB-D', 0),
  service('kvm_cpu', `${PROVISION} виртуального процессора (KVM)`, 'IS-KVM-VCPU-SL6-CR-P-PC-D', 12),
  service('kvm_hdd_fast', `${SPACE} SAS (KVM)`, 'IS-KVM-VHDD-SAS-CA-P-GB-D', 0.3),
  service('kvm_hdd_slow', `${SPACE} SATA (KVM)`, 'IS-KVM-VHDD-SAT-CA-P-GB-D', 0.12),
  service('kvm_hdd_ultrafast', `${SPACE} SSD (KVM)`, 'IS-KVM-VHDD-SSD-CA-P-GB-D', 0.5),
  service('kvm_network', `${PROVISION} в аренду VLAN`, 'IS-KVM-VLAN-XXX-NW-P-PC-D', 1),
  service('kvm_ram', `${PROVISION} виртуальной памяти (KVM)`, 'IS-KVM-VRAM-SL1-CA-P-GB-D', 8),
  service('kvm_router', 'Виртуальный роутер (KVM)', 'IS-KVM-ROUT-XXX-VR-P-PC-D', 6),
  service('lbaas', 'Услуга балансировки сетевой нагрузки', 'IS-XXX-LBAS-XXX-LB-P-PC-D', 30),
  service('public_ip', `${PROVISION} публичного IP-адреса IPv4`, 'IS-XXX-IPV4-XXX-IP-P-PC-D', 5),
  service('s3', `${PROVISION} объектного хранилища S3`, 'IS-XXX-OBJS-XXX-S3-U-GB-D', 0.06),
  service('snapshot', 'Снапшот', 'IS-XXX-SNAP-XXX-CA-P-GB-D', 0.3),
  service('vdc', 'Обеспечение работы ВЦОД', 'IS-XXX-VDCX-XXX-DC-P-PC-D', 0),
  service('veeam_license', 'Лицензия Veeam', 'IS-XXX-SLIC-VEE-VM-P-PC-M', 15),
  service('veeam_storage', 'Хранение резервной копии (Veeam)', 'IS-XXX-BACK-VEE-CA-P-GB-D', 0.15),
  service('vmware_cpu', `${PROVISION} виртуального процессора (ESXi)`, 'IS-ESX-VCPU-SL6-CR-P-PC-D', 16),
  service('vmware_cpu_3_2', `${PROVISION} виртуального процессора 3.2 GHz (ESXi)`, 'IS-ESX-VCPU-TOP-CR-P-PC-D', 24),
  service('vmware_hdd_fast', `${SPACE} SAS (ESXi)`, 'IS-ESX-VHDD-SAS-CA-P-GB-D', 0.36),
  service('vmware_hdd_slow', `${SPACE} SATA (ESXi)`, 'IS-ESX-VHDD-SAT-CA-P-GB-D', 0.15),
  service('vmware_hdd_ultrafast', `${SPACE} SSD (ESXi)`, 'IS-ESX-VHDD-SSD-CA-P-GB-D', 0.6),
  service('vmware_network', `${PROVISION} в аренду VLAN`, 'IS-XXX-VLAN-XXX-NW-P-PC-D', 1),
  service('vmware_ram', `${PROVISION} виртуальной памяти (ESXi)`, 'IS-ESX-VRAM-SL1-CA-P-GB-D', 10),
  service('vmware_ram_3_2', `${PROVISION} виртуальной памяти 3.2 GHz (ESXi)`, 'IS-ESX-VRAM-TOP-CA-P-GB-D', 13),
  service('vmware_router', 'Виртуальный роутер (ESXi)', 'IS-ESX-ROUT-XXX-VR-P-PC-D', 6),
  service('windows_license', `${PROVISION} программного обеспечения Windows Server Standard per Core`, 'IS-XXX-SLIC-WSS-CR-P-PC-M', 22),
]

export function billingClass(id: string): BillingClass {
  const found = SERVICES.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no service ${id}`)
  return { id: found.id, name: found.name, sku_mask: found.sku_mask, measure: found.measure }
}
