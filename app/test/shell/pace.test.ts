import { describe, expect, test } from 'vitest'
import { attainment, pace, total } from '../../src/screens/me/pace'

describe('attainment against elapsed time', () => {
  test.each([
    ['nothing planned is nothing to attain', 0, 0, 0.5, null],
    ['half done at half time is even', 10, 5, 0.5, 'even'],
    ['within five points is even', 100, 46, 0.5, 'even'],
    ['six points less is behind', 100, 44, 0.5, 'behind'],
    ['six points more is ahead', 100, 56, 0.5, 'ahead'],
    ['all done is ahead, on the last day too', 10, 10, 1, 'ahead'],
    ['nothing done on the first morning is even', 10, 0, 0, 'even'],
  ] as const)('%s', (_, planned, done, elapsed, want) => {
    expect(pace({ planned, done }, elapsed)).toBe(want)
  })

  test('all kinds together add up', () => {
    const row = { planned: 4, scheduled: 1, done: 2, remaining: 2, reached: 3, attempts: 1 }
    const sum = total([{ kind: 'CALL', ...row }, { kind: 'HOME_VISIT', ...row, done: 4 }])
    expect(sum).toEqual({ planned: 8, scheduled: 2, done: 6, remaining: 4, reached: 6, attempts: 2 })
    expect(attainment(sum)).toBe(0.75)
    expect(attainment(total([]))).toBeNull()
  })
})
