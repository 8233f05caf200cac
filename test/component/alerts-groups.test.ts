import { describe, expect, it } from 'vitest'
import { groupAlerts, neighbour } from '@renderer/features/alerts/groups'
import { snoozes } from '@renderer/features/alerts/snoozes'
import { presets, timeLeft } from '@renderer/features/client-card/notes/moments'
import type { AlertRow } from '@shared/ipc/notes'

const alert = (dueAt: number): AlertRow => ({ dueAt, note: { id: String(dueAt), connectionId: 'c' } }) as AlertRow
const at = (day: number, hour: number, minute = 0): number => new Date(2025, 10, day, hour, minute).getTime()

describe('alerts in their groups', () => {
  it('parts due, the rest of today and what comes later, each by moment', () => {
    const groups = groupAlerts([at(20, 9), at(19, 18), at(18, 10), at(19, 15)].map(alert), at(19, 15))
    expect(groups.map((group) => [group.key, group.rows.map((row) => row.dueAt)])).toEqual([
      ['due', [at(18, 10), at(19, 15)]],
      ['today', [at(19, 18)]],
      ['upcoming', [at(20, 9)]],
    ])
  })

  it('stands on the next row once one has gone, or on the one before the end', () => {
    expect(neighbour(['a', 'b', 'c'], 'b')).toBe('c')
    expect(neighbour(['a', 'b'], 'b')).toBe('a')
    expect(neighbour(['a'], 'a')).toBeNull()
  })
})

describe('moments that people choose by name', () => {
  it('offers today 17:00 only while it lies ahead', () => {
    expect(snoozes(at(19, 12)).map((one) => one.key)).toContain('snoozeToday')
    expect(snoozes(at(19, 17)).map((one) => one.key)).not.toContain('snoozeToday')
    expect(presets(at(19, 18)).map((one) => one.key)).toEqual(['Hour', 'Tomorrow', 'Monday'])
  })

  it('never offers one moment twice: on a Sunday tomorrow is Monday', () => {
    expect(presets(at(23, 12)).map((one) => one.key)).toEqual(['Hour', 'Today', 'Tomorrow'])
  })

  it('means the coming Monday, also on a Monday', () => {
    expect(presets(at(24, 9)).find((one) => one.key === 'Monday')?.at).toBe(new Date(2025, 11, 1, 10).getTime())
  })

  it('says what is left, and nothing of a moment that has gone', () => {
    expect(timeLeft(at(20, 10), at(19, 14, 47))).toEqual({ days: 0, hours: 19, minutes: 13 })
    expect(timeLeft(at(19, 14), at(19, 14))).toBeNull()
  })
})
