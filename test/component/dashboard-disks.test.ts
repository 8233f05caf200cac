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

  it('gives one medium one colour, lighter the second time', () => {
    const colors = [...diskColors([disk('SSD (KVM)'), disk('SSD (ESXi)'), disk('SATA'), disk('Архив')]).values()]
    expect(colors[0]).toBe('var(--s-ssd)')
    expect(colors[1]).toContain('color-mix(in oklab, var(--s-ssd)')
    expect(new Set(colors).size).toBe(4)
  })
})
