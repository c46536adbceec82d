import { describe, expect, it } from 'vitest'
import { fit, MAX_BYTES, MAX_SIDE, shrink, takenAt, targets, type Target } from '@/screens/log/photo'

const blob = (bytes: number) => new Blob([new Uint8Array(bytes)])

describe('photos made small', () => {
  it('keep their shape, the longest side at most 1600', () => {
    expect(fit({ width: 4000, height: 3000 }, MAX_SIDE)).toEqual({ width: 1600, height: 1200 })
    expect(fit({ width: 3000, height: 4000 }, MAX_SIDE)).toEqual({ width: 1200, height: 1600 })
  })
  it('are not blown up', () => expect(fit({ width: 320, height: 200 }, MAX_SIDE)).toEqual({ width: 320, height: 200 }))
  it('lose quality before pixels, and get smaller with every try', () => {
    const tried = [...targets({ width: 4000, height: 3000 })]
    expect(tried[0]).toEqual({ width: 1600, height: 1200, quality: 0.85 })
    const weight = ({ width, height, quality }: Target) => [width * height, quality]
    for (const [i, t] of tried.slice(1).entries()) {
      const [pixels = 0, quality = 0] = weight(t)
      const [before = 0, best = 0] = weight(tried[i] as Target)
      expect(pixels < before || (pixels === before && quality < best)).toBe(true)
    }
  })
  it('take the first try that fits into 300 kB', async () => {
    const tried: Target[] = []
    const got = await shrink({ width: 4000, height: 3000 }, async target => {
      tried.push(target)
      return blob(Math.round(target.width * target.height * target.quality * 0.3))
    })
    expect(got.blob.size).toBeLessThanOrEqual(MAX_BYTES)
    expect(tried.slice(0, -1).every(t => t.width * t.height * t.quality * 0.3 > MAX_BYTES)).toBe(true)
    expect(got.width / got.height).toBeCloseTo(4 / 3, 2)
  })
  it('that never fit are refused, not kept too big', async () => {
    await expect(shrink({ width: 10, height: 10 }, async () => blob(MAX_BYTES + 1))).rejects.toMatchObject({ code: 'picture' })
  })
  it('know when they were taken, when that can be believed', () => {
    const now = Date.parse('2026-11-22T02:00:00Z')
    expect(takenAt({ lastModified: now - 60_000 }, now)).toBe('2026-11-22T01:59:00.000Z')
    expect(takenAt({ lastModified: now + 60_000 }, now)).toBe('2026-11-22T02:00:00.000Z')
  })
})
