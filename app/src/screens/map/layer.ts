import L from 'leaflet'
import { HALF, press, stampOf } from './marks'
import { AGES, type Age, type Spot } from './places'

export type Mark = Spot & { id: string; age: Age }

/** How far from a mark a tap still means it, in pixels. */
const REACH = 22

/** By how much of the screen the canvas is larger on each side: so far the ground moves without drawing anew. */
const AROUND = 0.3

/**
 * Thousands of marks on one canvas. Where each lies on the flat earth is reckoned once. The canvas moves with the ground and
 * is drawn anew when that comes to rest, pixel by pixel: twenty thousand calls of a pen take most of a second.
 */
export class MarkLayer extends L.Layer {
  private readonly canvas = L.DomUtil.create('canvas', 'map-marks')
  private marks: readonly Mark[] = []
  private flat = new Float64Array(0)
  private chosen: ReadonlySet<string> = new Set()
  private stamps: Record<'plain' | 'chosen', Record<Age, ImageData>> | null = null
  private frame = 0

  put(marks: readonly Mark[]): void {
    this.marks = marks
    this.flat = new Float64Array(marks.length * 2)
    marks.forEach(({ lat, lng }, i) => {
      const { x, y } = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lng), 0)
      this.flat[2 * i] = x
      this.flat[2 * i + 1] = y
    })
    this.redraw()
  }

  choose(chosen: ReadonlySet<string>): void {
    this.chosen = chosen
    this.redraw()
  }

  /** Colours changed with the theme. */
  recolour(): void {
    this.stamps = null
    this.redraw()
  }

  override onAdd(map: L.Map): this {
    map.getPanes().overlayPane.appendChild(this.canvas)
    map.on('moveend zoomend resize viewreset', this.redraw, this)
    this.redraw()
    return this
  }

  override onRemove(map: L.Map): this {
    cancelAnimationFrame(this.frame)
    map.off('moveend zoomend resize viewreset', this.redraw, this)
    this.canvas.remove()
    return this
  }

  redraw(): void {
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame(() => this.draw())
  }

  /** The mark at a point of the screen: the nearest in reach. */
  at(point: L.Point): Mark | null {
    let best: Mark | null = null
    let near = REACH * REACH
    this.each((mark, x, y) => {
      const far = (x - point.x) ** 2 + (y - point.y) ** 2
      if (far >= near) return
      near = far
      best = mark
    })
    return best
  }

  private draw(): void {
    const map = this._map as L.Map | undefined
    const pen = this.canvas.getContext('2d')
    if (!map || !pen) return
    const ratio = window.devicePixelRatio || 1
    const size = map.getSize()
    if (size.x === 0 || size.y === 0) return // it is out of sight: there is no picture of no size
    const pad = size.multiplyBy(AROUND).round()
    const whole = size.add(pad.multiplyBy(2))
    L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint(pad.multiplyBy(-1)))
    this.canvas.width = Math.round(whole.x * ratio)
    this.canvas.height = Math.round(whole.y * ratio)
    this.canvas.style.width = `${whole.x}px`
    this.canvas.style.height = `${whole.y}px`
    const stamps = (this.stamps ??= stampsFor(this.canvas, ratio))
    const picture = pen.createImageData(this.canvas.width, this.canvas.height)
    const half = HALF * ratio
    this.each((mark, x, y) => {
      const stamp = stamps[this.chosen.has(mark.id) ? 'chosen' : 'plain'][mark.age]
      press(stamp, picture, Math.round((x + pad.x) * ratio - half), Math.round((y + pad.y) * ratio - half))
    }, pad)
    pen.putImageData(picture, 0, 0)
  }

  /** Those in view, or as far around it as `pad`, with where they lie on the screen. */
  private each(act: (mark: Mark, x: number, y: number) => void, pad = new L.Point(0, 0)): void {
    const map = this._map as L.Map | undefined
    if (!map) return
    const { x: width, y: height } = map.getSize().add(pad)
    const scale = map.getZoomScale(map.getZoom(), 0)
    const corner = map.containerPointToLayerPoint([0, 0]).add(map.getPixelOrigin())
    for (let i = 0; i < this.marks.length; i++) {
      const x = (this.flat[2 * i] as number) * scale - corner.x
      const y = (this.flat[2 * i + 1] as number) * scale - corner.y
      if (x > -pad.x - HALF && y > -pad.y - HALF && x < width + HALF && y < height + HALF) act(this.marks[i] as Mark, x, y)
    }
  }
}

function stampsFor(canvas: HTMLCanvasElement, ratio: number) {
  const style = getComputedStyle(canvas)
  const all = (chosen: boolean) => Object.fromEntries(AGES.map(age => [age, stampOf(age, ratio, style, chosen)])) as Record<Age, ImageData>
  return { plain: all(false), chosen: all(true) }
}
