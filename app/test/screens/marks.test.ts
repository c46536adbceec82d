import { expect, test } from 'vitest'
import { press } from '@/screens/map/marks'

const picture = (width: number, height: number, data: number[] = []): ImageData =>
  ({ width, height, data: Uint8ClampedArray.from(data.length > 0 ? data : new Array(4 * width * height).fill(0)) }) as unknown as ImageData
const at = (p: ImageData, x: number, y: number) => [...p.data.slice(4 * (y * p.width + x), 4 * (y * p.width + x) + 4)]

test('a stamp covers what is there; its soft edges mix; what sticks out is cut off', () => {
  const ground = picture(3, 1)
  const red = picture(2, 1, [255, 0, 0, 255, 255, 0, 0, 0])
  const soft = picture(1, 1, [0, 0, 255, 102])
  press(red, ground, 0, 0)
  press(red, ground, 2, 0)
  press(red, ground, -5, 0)
  press(soft, ground, 0, 0)
  press(soft, ground, 1, 0)
  expect([at(ground, 0, 0), at(ground, 1, 0), at(ground, 2, 0)]).toEqual([[153, 0, 102, 255], [0, 0, 255, 102], [255, 0, 0, 255]])
})
