import { expect, it } from 'vitest'
import { localDayEnd, localDayStart } from '../../shared/domain/time'

it('a day ends where the next one begins, on the nights of clock change too', () => {
  for (let day = 1; day <= 400; day++) {
    const noon = new Date(2026, 0, day, 12).getTime()
    expect(localDayEnd(noon) + 1).toBe(new Date(2026, 0, day + 1).getTime())
    expect(localDayStart(localDayEnd(noon))).toBe(localDayStart(noon))
  }
})
