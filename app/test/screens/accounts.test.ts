import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { pageOf, rowsInView, STEP } from '@/screens/accounts/window'

describe('the rows that are drawn', () => {
  test('at the top: what is in view and a few more', () => {
    expect(rowsInView(0, 700, 70, 3000)).toEqual({ first: 0, end: 18 })
  })

  test('a list that lies below the view draws its beginning', () => {
    expect(rowsInView(-300, 700, 70, 3000)).toEqual({ first: 0, end: 14 })
  })

  test('in the middle there are spare rows at both edges', () => {
    expect(rowsInView(7000, 700, 70, 3000)).toEqual({ first: 92, end: 118 })
  })

  test('a short list is drawn whole', () => {
    expect(rowsInView(0, 700, 70, 3)).toEqual({ first: 0, end: 3 })
  })

  test('a list that became shorter than it was scrolled draws none beyond its end', () => {
    expect(rowsInView(70_000, 700, 70, 12)).toEqual({ first: 12, end: 12 })
  })

  test('every row in view is drawn, and every drawn row is in the page asked for', () => {
    fc.assert(fc.property(fc.integer({ min: -2000, max: 300_000 }), fc.integer({ min: 300, max: 1400 }), fc.integer({ min: 40, max: 120 }),
      fc.integer({ min: 0, max: 3000 }), (top, view, row, total) => {
        const rows = rowsInView(top, view, row, total)
        for (let i = 0; i < total; i += 7) {
          const seen = (i + 1) * row > top && i * row < top + view
          if (seen) expect(i >= rows.first && i < rows.end).toBe(true)
        }
        const page = pageOf(rows)
        expect(page.offset).toBeLessThanOrEqual(rows.first)
        expect(page.offset + page.limit).toBeGreaterThanOrEqual(rows.end)
        expect(page.limit).toBeGreaterThan(0)
      }))
  })

  test('scrolling a little asks for the same page', () => {
    expect(pageOf({ first: 1, end: 20 })).toEqual(pageOf({ first: 3, end: 22 }))
    expect(pageOf({ first: STEP, end: STEP + 5 })).toEqual({ offset: STEP, limit: STEP })
  })
})
