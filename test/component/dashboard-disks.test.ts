import { describe, expect, it } from 'vitest'
import { diskColors, shortNames } from '@renderer/features/dashboard/disks'

const disk = (name: string) => ({ billingClassId: name, name })

describe('disk types on the dashboard', () => {
  it('leaves out the words that all names begin with', () => {
    expect(
      shortNames(['Предоставление дискового пространства уровня SSD (KVM)', 'Предоставление дискового пространства уровня SAS (ESXi)']),
    ).toEqual(['SSD (KVM)', 'SAS (ESXi)'])
  })

  it('keeps names whole where nothing would be left of one, or nothing is shared', () => {
    expect(shortNames(['SSD', 'SSD fast'])).toEqual(['SSD', 'SSD fast'])
    expect(shortNames(['SSD', 'SAS'])).toEqual(['SSD', 'SAS'])
    expect(shortNames(['Единственный тип'])).toEqual(['Единственный тип'])
  })

  it('never leaves the medium out, whatever else is the same', () => {
    const full = (medium: string, where: string) => `Предоставление дискового пространства уровня ${medium} (${where})`
    expect(shortNames([full('SAS', 'KVM'), full('SAS', 'ESXi')])).toEqual(['SAS (KVM)', 'SAS (ESXi)'])
    expect(shortNames([full('SAS', 'KVM')])).toEqual(['SAS (KVM)'])
    expect(shortNames([full('SSD', 'ESXi'), 'Архив'])).toEqual(['SSD (ESXi)', 'Архив'])
    expect(shortNames(['Быстрый SSD', 'Медленный SSD'])).toEqual(['Быстрый SSD', 'Медленный SSD'])
  })

  it('gives one medium one colour, lighter the second time', () => {
    const colors = [...diskColors([disk('SSD (KVM)'), disk('SSD (ESXi)'), disk('SATA'), disk('Архив')]).values()]
    expect(colors[0]).toBe('var(--s-ssd)')
    expect(colors[1]).toContain('color-mix(in oklab, var(--s-ssd)')
    expect(new Set(colors).size).toBe(4)
  })
})
