// Photos are made small on the phone: a JPEG of at most 300 kB, the longest side at most 1600 pixels. Drawing a picture
// anew leaves its EXIF behind, and with it the place it was taken at.

import { EngineError } from '@/engine/contract'

export const MAX_PHOTOS = 9
export const MAX_BYTES = 300_000
export const MAX_SIDE = 1600

export type Size = { width: number; height: number }
export type Target = Size & { quality: number }
export type Encode = (target: Target) => Promise<Blob>

/** A size that keeps the shape and fits. Small pictures are not blown up. */
export function fit({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

const QUALITIES = [0.85, 0.75, 0.65, 0.55]
const SIDES = [1, 0.8, 0.64, 0.5, 0.38, 0.25, 0.12]

/** What to try, the best first: worse quality before fewer pixels. */
export function* targets(source: Size): Generator<Target> {
  for (const part of SIDES) {
    const size = fit(source, Math.round(MAX_SIDE * part))
    for (const quality of QUALITIES) yield { ...size, quality }
  }
}

/** The first picture that is small enough. Throws EngineError 'picture' when none is. */
export async function shrink(source: Size, encode: Encode): Promise<Size & { blob: Blob }> {
  for (const target of targets(source)) {
    const blob = await encode(target)
    if (blob.size <= MAX_BYTES) return { width: target.width, height: target.height, blob }
  }
  throw new EngineError('picture')
}

/** A chosen file as a small JPEG. Throws EngineError 'picture' for what is no picture this phone can read. */
export async function compress(file: Blob): Promise<Size & { blob: Blob }> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new EngineError('picture')
  })
  try {
    return await shrink(bitmap, target => draw(bitmap, target))
  } finally {
    bitmap.close()
  }
}

async function draw(bitmap: ImageBitmap, { width, height, quality }: Target): Promise<Blob> {
  const canvas = blankCanvas(width, height)
  const paper = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null
  if (!paper) throw new EngineError('picture')
  paper.fillStyle = '#fff'
  paper.fillRect(0, 0, width, height)
  paper.drawImage(bitmap, 0, 0, width, height)
  return toJpeg(canvas, quality)
}

function blankCanvas(width: number, height: number): OffscreenCanvas | HTMLCanvasElement {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height)
  return Object.assign(document.createElement('canvas'), { width, height })
}

function toJpeg(canvas: OffscreenCanvas | HTMLCanvasElement, quality: number): Promise<Blob> {
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type: 'image/jpeg', quality })
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new EngineError('picture'))), 'image/jpeg', quality)
  })
}

/** When a picture was taken: what the file says, unless that lies ahead of the clock or far behind the contact. */
export function takenAt(file: { lastModified: number }, now: number): string {
  const age = now - file.lastModified
  return new Date(age >= 0 && age < 30 * 86_400_000 ? file.lastModified : now).toISOString()
}
