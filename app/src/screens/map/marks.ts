import type { Age } from './places'

/** Each age has a shape of its own, so that none is told by its colour alone. Paths on a grid of 16 × 16. */
export const MARKS: Record<Age, { path: string; colour: string; hollow?: boolean }> = {
  inTouch: { path: 'M8 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8z', colour: '--brand' },
  due: { path: 'M8 2.5L14 13H2z', colour: '--warn' },
  neglected: { path: 'M3 3h10v10H3z', colour: '--danger' },
  never: { path: 'M4 4L12 12M12 4L4 12', colour: '--joy', hollow: true },
}

const SIDE = 16

/** The mark as a picture of its own, drawn once and pressed for every point. */
export function stampOf(age: Age, ratio: number, style: CSSStyleDeclaration, chosen: boolean): ImageData {
  const stamp = document.createElement('canvas')
  stamp.width = stamp.height = Math.ceil(SIDE * ratio)
  const pen = stamp.getContext('2d', { willReadFrequently: true })
  if (!pen) return new ImageData(1, 1)
  const { path, colour, hollow } = MARKS[age]
  pen.scale(ratio, ratio)
  if (chosen) ring(pen, style)
  const ink = style.getPropertyValue(colour).trim()
  const shape = new Path2D(path)
  pen.lineJoin = pen.lineCap = 'round'
  pen.strokeStyle = hollow ? ink : style.getPropertyValue('--card').trim()
  pen.lineWidth = hollow ? 2.5 : 1.5
  pen.stroke(shape)
  pen.fillStyle = ink
  if (!hollow) pen.fill(shape)
  return pen.getImageData(0, 0, stamp.width, stamp.height)
}

/** Presses a stamp into a picture with its left upper corner at a pixel; soft edges mix with what is there. */
export function press(stamp: ImageData, picture: ImageData, left: number, top: number): void {
  const { data: from, width, height } = stamp
  const { data: to, width: wide, height: high } = picture
  for (let y = Math.max(0, -top); y < height && top + y < high; y++) {
    for (let x = Math.max(0, -left); x < width && left + x < wide; x++) {
      const a = 4 * (y * width + x)
      const alpha = from[a + 3] as number
      if (alpha === 0) continue
      const b = 4 * ((top + y) * wide + left + x)
      const soft = alpha < 255 && to[b + 3] === 255 ? alpha / 255 : 1
      for (let c = 0; c < 3; c++) to[b + c] = (from[a + c] as number) * soft + (to[b + c] as number) * (1 - soft)
      to[b + 3] = Math.max(alpha, to[b + 3] as number)
    }
  }
}

function ring(pen: CanvasRenderingContext2D, style: CSSStyleDeclaration): void {
  pen.beginPath()
  pen.arc(8, 8, 7, 0, 2 * Math.PI)
  pen.lineWidth = 1.8
  pen.strokeStyle = style.getPropertyValue('--ink').trim()
  pen.stroke()
}

export const HALF = SIDE / 2
